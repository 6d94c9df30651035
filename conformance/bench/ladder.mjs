// W5 and W6: how far the rate can be raised before somebody waits longer than a second, or before anything goes wrong.
import { endToEnd, hospitalPeople } from "./phases.mjs";
import { SLIDING, SYNC } from "./traffic.mjs";

const STEP = 1.5;
/// Beyond this the generator measures itself.
const STEPS = 7;
const LONGEST_P99 = 1000;

/// Each step takes half as much again as the one before; the last that held is the answer.
async function climb(bench, name, protocol) {
  const people = await hospitalPeople(bench);
  const top = {};
  let rate = bench.long ? 100 : 300;
  for (let step = 0; step < STEPS; step++, rate *= STEP) {
    const facts = await endToEnd(bench, name, {
      people,
      rate,
      seconds: bench.long ? 60 : 4,
      warm: bench.long ? 10 : 1,
      seed: 11 + step,
      protocol,
    });
    const reached = facts[`${name}.rate`] >= rate * 0.9;
    if (!reached || facts[`${name}.wrong`] > 0 || !(facts[`${name}.p99`] <= LONGEST_P99)) {
      if (step === 0) {
        Object.assign(top, facts);
      }
      break;
    }
    Object.assign(top, facts);
  }
  return top;
}

export const syncLadder = (bench) => climb(bench, "ladder", SYNC);
export const slidingLadder = (bench) => climb(bench, "sliding", SLIDING);

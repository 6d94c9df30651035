import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { Refusal } from "../../engine/words";
import type { AskingApp, SessionState } from "../session";
import { AppsSignIn } from "./appsSignIn";
import type { Asker, Phone, SignInServer } from "./ports";

const APP: AskingApp = {
  software: "Example Chat",
  clientHost: "example.org",
  purpose: "Rotas",
  approvedFor: "Rotas",
  notApprovedFor: "Patients",
  unmetTips: [],
  clinical: false,
};
const REQUEST: Asker = { by: "request", request: "client_id=c" };

interface Told {
  said: unknown[];
  leftTo: string[];
  state: SessionState;
}

function begin(asker: Asker, more: Partial<SignInServer> = {}) {
  const state = signal<SessionState>({ at: "starting" });
  const told: Told = { said: [], leftTo: [], state: state.value };
  const phone = { asker, redirectUrl: null, leaveTo: (url: string) => void told.leftTo.push(url) };
  const server = {
    askedBy: (who: Asker) => (told.said.push(who), Promise.resolve({ app: APP })),
    letIn: (who: Asker, token: string) => (
      told.said.push(token),
      Promise.resolve(who.by === "request" ? "https://app.example.org/?code=c" : null)
    ),
    turnAway: () => Promise.resolve("https://app.example.org/?error=access_denied"),
    ...more,
  };
  const signIn = new AppsSignIn(phone as Phone, server as unknown as SignInServer, state);
  return { signIn, state, told };
}

test("the person passes both steps, reads what the app is for, and lets it in", async () => {
  const { signIn, state, told } = begin(REQUEST);
  await signIn.start();
  expect(signIn.handOff.value).toEqual({ is: "allowed", app: "Example Chat", says: APP });
  signIn.proven("lt1");
  expect(state.value).toEqual({ at: "consent", app: APP });
  expect(told.leftTo).toEqual([]);
  await signIn.answer(true);
  expect(told.said).toEqual([REQUEST, "lt1"]);
  expect(told.leftTo).toEqual(["https://app.example.org/?code=c"]);
});

test("an app that is turned away gets no token", async () => {
  const { signIn, state, told } = begin(REQUEST);
  await signIn.start();
  signIn.proven("lt1");
  await signIn.answer(false);
  expect(state.value).toEqual({ at: "turned_away", app: "Example Chat" });
  expect(told.said).toEqual([REQUEST]);
  expect(told.leftTo).toEqual(["https://app.example.org/?error=access_denied"]);
});

test("an app that is not approved is refused in the server's words, before anybody signs in", async () => {
  const refusal = new Refusal({
    code: "refused",
    sentence: "Your organisation has not approved it.",
  });
  const { signIn } = begin(REQUEST, { askedBy: () => Promise.reject(refusal) });
  await signIn.start();
  expect(signIn.handOff.value).toEqual({
    is: "refused",
    sentence: "Your organisation has not approved it.",
  });
  expect(() => signIn.proven("lt1")).toThrow("Nobody asked");
});

test("an app whose request is wrong is told so at its own address", async () => {
  const to = "https://app.example.org/?error=invalid_scope";
  const { signIn, told } = begin(REQUEST, { askedBy: () => Promise.resolve({ redirectTo: to }) });
  await signIn.start();
  expect(told.leftTo).toEqual([to]);
});

test("a code is typed, and the other device goes on by itself", async () => {
  const { signIn, state, told } = begin({ by: "code", code: "" });
  await signIn.start();
  expect(signIn.handOff.value).toEqual({ is: "code_wanted", problem: null });
  await signIn.typed("BCDF-GHJK");
  signIn.proven("lt1");
  await signIn.answer(true);
  expect(state.value).toEqual({ at: "handed_over", app: "Example Chat", elsewhere: true });
  expect(told.leftTo).toEqual([]);
});

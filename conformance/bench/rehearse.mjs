// node bench/rehearse.mjs http://host:port
//
// A short ward round for a server in conformance mode that is writing its start cache: what it learns about itself while
// people register, talk, listen and read back is what later starts know from their first message on (JEP 515).
import { rehearsal } from "./phases.mjs";
import { World } from "./people.mjs";
import { target } from "./wire.mjs";

const world = new World(target(process.argv[2]));
try {
  await rehearsal({ world });
} finally {
  world.close();
}

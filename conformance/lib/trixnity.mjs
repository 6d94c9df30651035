// An unmodified trixnity-client on the JVM, in a process of its own, told what to do line by line (see trixnity/).
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const built = join(root, "conformance", "trixnity", "target");

export class Trixnity {
  #waiting = [];

  static start() {
    if (!existsSync(join(built, "classes"))) {
      throw new Error("The trixnity client has not been built yet: run scripts/build-trixnity.");
    }
    const trixnity = new Trixnity();
    const home = execFileSync(join(root, "scripts", "find-java"), { encoding: "utf8" }).trim();
    const classes = [join(built, "classes"), join(built, "lib", "*")].join(delimiter);
    trixnity.child = spawn(
      join(home, "bin", "java"),
      ["--enable-native-access=ALL-UNNAMED", "-Xmx256m", "-cp", classes, "lanyard.conformance.MainKt"],
      { stdio: ["pipe", "pipe", "inherit"] },
    );
    trixnity.ended = new Promise((resolve) => trixnity.child.once("exit", resolve));
    createInterface(trixnity.child.stdout).on("line", (line) => trixnity.#waiting.shift()?.(line));
    trixnity.ended.then(() => trixnity.#waiting.forEach((answer) => answer('{"failed":"it has ended"}')));
    return trixnity;
  }

  /// Answers what the client answered. Throws what it failed with.
  async ask(deed, fields = {}) {
    const line = await new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.child.stdin.write(`${JSON.stringify({ do: deed, ...fields })}\n`);
    });
    const answer = JSON.parse(line);
    if (answer.failed) {
      throw new Error(`${deed}: ${answer.failed}`);
    }
    return answer;
  }

  async stop() {
    this.child.stdin.end();
    await this.ended;
  }
}

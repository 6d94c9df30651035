import { expect, test } from "vitest";
import { Connection } from "./connection";

function heard() {
  const said: string[] = [];
  return { said, connection: new Connection((status) => said.push(status)) };
}

test("is connecting until the server has answered, not when the snapshot is shown", () => {
  const { said, connection } = heard();
  connection.sync("from_snapshot");
  connection.sync("up_to_date");
  expect(said).toEqual(["Connecting", "Up to date"]);
});

test("is offline at once when the phone loses its network", () => {
  const { said, connection } = heard();
  connection.sync("up_to_date");
  connection.network(false);
  expect(said).toEqual(["Up to date", "Offline"]);
});

test("is not up to date merely because the network is back", () => {
  const { said, connection } = heard();
  connection.sync("up_to_date");
  connection.network(false);
  connection.network(true);
  expect(connection.status).toBe("Connecting");
  connection.sync("up_to_date");
  expect(said).toEqual(["Up to date", "Offline", "Connecting", "Up to date"]);
});

test("is offline when the server cannot be reached although there is a network", () => {
  const { connection } = heard();
  connection.sync("lost");
  expect(connection.status).toBe("Offline");
});

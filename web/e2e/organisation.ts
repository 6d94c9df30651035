/** An organisation's own sign-in: a real OpenID provider, with one person who has passed two steps there. */
import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

const ACR = "urn:example:two-steps";
const CLIENT = { id: "lanyard", secret: "a secret of the story" };
const SUBJECT = "f3b1";

export class Organisation {
  static readonly PERSON = "Gwen Hughes";
  readonly issuer: string;
  readonly #http: Server;
  #provider: Provider | null = null;

  private constructor(http: Server) {
    this.#http = http;
    this.issuer = `http://localhost:${(http.address() as AddressInfo).port}`;
    http.on("request", (request, response) => void this.#answer(request, response));
  }

  static async listening(): Promise<Organisation> {
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(0, resolve));
    return new Organisation(http);
  }

  /** What our server is told of it. */
  get settings(): Record<string, string> {
    return {
      LANYARD_UPSTREAM_NAME: "Meadowbank",
      LANYARD_UPSTREAM_ISSUER: this.issuer,
      LANYARD_UPSTREAM_CLIENT_ID: CLIENT.id,
      LANYARD_UPSTREAM_CLIENT_SECRET: CLIENT.secret,
      LANYARD_UPSTREAM_ACR: ACR,
      LANYARD_UPSTREAM_MAKES_PEOPLE: "true",
    };
  }

  /** Our server's address is known once it has started. */
  know(server: string): void {
    this.#provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: [`${server}/_lanyard/v1/sign-in/organisation/callback`],
          response_types: ["code"],
          grant_types: ["authorization_code"],
          id_token_signed_response_alg: "ES256",
        },
      ],
      acrValues: [ACR],
      claims: { acr: null, openid: ["sub"], profile: ["name"] },
      conformIdTokenClaims: false,
      cookies: { keys: ["of the story"] },
      // Said, so that it has nothing to warn of.
      jwks: {
        keys: [
          generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" }),
        ],
      },
      ttl: {
        AccessToken: 600,
        AuthorizationCode: 60,
        Grant: 600,
        IdToken: 600,
        Interaction: 600,
        Session: 600,
      },
      features: { devInteractions: { enabled: false } },
      findAccount: (_context: unknown, accountId: string) => ({
        accountId,
        claims: () => ({ sub: accountId, name: Organisation.PERSON }),
      }),
      interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/here/${uid}` },
    });
  }

  async stop(): Promise<void> {
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const provider = this.#provider;
    if (provider === null) return void response.writeHead(503).end();
    if (!request.url?.startsWith("/here/")) return provider.callback()(request, response);
    if (request.method === "GET") {
      response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
      response.end(`<!doctype html><html lang="en"><title>Meadowbank</title>
        <link rel="icon" href="data:,">
        <form method="post"><button>Continue as ${Organisation.PERSON}</button></form></html>`);
      return;
    }
    const grant = new provider.Grant({ accountId: SUBJECT, clientId: CLIENT.id });
    grant.addOIDCScope("openid profile");
    const grantId = await grant.save();
    const login = { accountId: SUBJECT, acr: ACR };
    await provider.interactionFinished(request, response, { login, consent: { grantId } });
  }
}

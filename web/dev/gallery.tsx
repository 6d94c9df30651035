/** `npm run dev`, then /dev/gallery.html: each state of each screen, without a server. */
import { render } from "preact";
import { AppView } from "../src/screens/app/AppView";
import "../src/styles/app.scss";
import { scene, scenes } from "./scenes";

const query = new URLSearchParams(location.search);
const app = scene(query.get("scene") ?? "");
const place = document.getElementById("app");
if (query.get("lang") === "cy") app?.session.preferences.setLanguage("cy");
if (place) {
  render(
    app ? (
      <AppView app={app} />
    ) : (
      <main style="padding: 16px">
        <h1>Gallery</h1>
        <ul>
          {Object.keys(scenes).map((name) => (
            <li key={name}>
              <a href={`?scene=${name}`}>{name}</a>
            </li>
          ))}
        </ul>
      </main>
    ),
    place,
  );
}

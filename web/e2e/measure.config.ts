import { defineConfig } from "@playwright/test";
import story from "./playwright.config";

/** What `make bench` measures in a browser: no test, so it has no opinion on what it finds. */
export default defineConfig({ ...story, testMatch: "*.measure.ts" });

// Pictures and the record; what an owner says before the first messages go. In the shape of `shots.mjs`.
const openPicture = (page) =>
  page
    .getByRole("button", { name: /^Open Photo/ })
    .last()
    .click();
const ofPicture = (page) =>
  page
    .getByRole("button", { name: /^Actions for the message/ })
    .last()
    .click();

export const recordShots = ({ receipt, scroll, settle, steps, tap, tick, type }) => [
  ["record-pictures", "pictures", settle(300)],
  ["record-viewer", "pictures", steps(openPicture, scroll(".for-record"))],
  ["record-actions", "pictures", ofPicture],
  ["record-decide", "pictures", steps(openPicture, tap("Move to record"), settle(300))],
  [
    "record-choose",
    "pictures",
    steps(openPicture, tap("Move to record"), tap(/^Add another message/), settle(300)),
  ],
  [
    "record-not-needed",
    "pictures-failed",
    steps(
      openPicture,
      tap("Not needed in the record"),
      type("#not-needed", "Out of focus"),
      tap("Say that it is not needed"),
      scroll("#not-needed"),
    ),
  ],
  ["record-forward", "pictures", steps(ofPicture, tap("Forward"))],
  [
    "record-forward-failed",
    "pictures-failed",
    steps(ofPicture, tap("Forward"), tap(/Wound clinic/)),
  ],
  ["record-job", "pictures-failed", steps(ofPicture, tap(/^Make a job of it/))],
  [
    "record-job-made",
    "pictures-failed",
    steps(
      ofPicture,
      tap(/^Make a job of it/),
      type("#job", "Swab"),
      (page) => page.locator("dialog button[type=submit]").click(),
      settle(300),
    ),
  ],
  ["record-receipt", "receipt-pictures", steps(receipt, settle(300))],
  ["record-jobs", "jobs-of-message"],
  ["keeping-list"],
  ["keeping-strip", "keeping"],
  ["keeping-sheet", "keeping", tap(/^Answer/)],
  ["keeping-late", "keeping-late", tap(/^Answer/)],
  ["keeping-empty-error", "keeping", steps(tap(/^Answer/), tap("Save the answer"))],
  [
    "keeping-these",
    "keeping",
    steps(tap(/^Answer/), tick(/^Record these messages/), settle(300), scroll("dialog .sources")),
  ],
  [
    "keeping-saved",
    "keeping",
    steps(
      tap(/^Answer/),
      tick(/^Record these messages/),
      tick(/Hb 79/),
      tick(/hold tonight/),
      tap("Save the answer"),
    ),
  ],
  [
    "keeping-decide",
    "keeping",
    steps(
      tap(/^Answer/),
      tick(/^Record these messages/),
      tick(/Hb 79/),
      tick(/hold tonight/),
      tap("Save the answer"),
      tap(/^Send them to the record/),
    ),
  ],
  [
    "keeping-offline",
    "keeping-offline",
    steps(tap(/^Answer/), tick(/^All decisions/), tap("Save the answer")),
  ],
  ["searches"],
  ["searches-empty"],
  ["searches-slow"],
  ["searches-failed"],
];

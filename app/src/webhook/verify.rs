//! The section on how a receiver verifies what it is sent.

use leptos::prelude::*;

const CODE: &str = r#"import { Webhook } from "standardwebhooks";

app.post("/hooks", express.raw({ type: "application/json" }), (req, res) => {
  // Throws unless we signed it within the last five minutes.
  const event = new Webhook(process.env.WEBHOOK_SECRET).verify(req.body, req.headers);
  if (isNew(req.headers["webhook-id"])) queue.add(event);
  res.sendStatus(204);
});"#;

/// The section.
#[component]
pub fn Verify() -> impl IntoView {
    view! {
        <section class="section" id="verify" aria-labelledby="how-to-verify">
            <div class="section-head"><h2 id="how-to-verify">"How to verify"</h2><a href="/docs">"API reference"</a></div>
            <pre class="code">{CODE}</pre>
            <p class="tail">
                "The libraries of "<a href="https://www.standardwebhooks.com" rel="noreferrer">"Standard Webhooks"</a>
                " read "<code>"webhook-id"</code>", "<code>"webhook-timestamp"</code>" and "<code>"webhook-signature"</code>
                ". Programs that know only "<code>"X-Webhook-Signature"</code>
                " compare it with "<code>"sha256="</code>" and the hex HMAC-SHA256 of the body, whose key is the whole text of the secret."
            </p>
            <p class="tail">
                "Any 2xx within 15 seconds is taken as delivered. All else is tried again, ten times over three days, under the same "
                <code>"webhook-id"</code>"."
            </p>
        </section>
    }
}

//! `/llms.txt`: the way from nothing to a paid job, filled in with this server's address and terms.

use crate::limit::Policy;
use market::Terms;
use market::job::Category;
use market::text::any_of;

/// The text for a server under these terms.
pub(crate) fn story(terms: &Terms) -> String {
    let (verify, pay) = if terms.sandbox { (VERIFY, PAY) } else { ("", "") };
    let fee = format!("{}.{:02} %", terms.service_fee_bps / 100, terms.service_fee_bps % 100);
    include_str!("llms.txt")
        .replace("{verify}", verify)
        .replace("{pay}", pay)
        .replace("{fee}", &fee)
        .replace("{feature}", &format!("${}", terms.feature_fee))
        .replace("{delay}", &terms.release_delay.to_string())
        .replace("{categories}", &any_of(Category::ALL.iter().map(|category| category.as_str())))
        .replace("{limits}", &limits())
        .replace("{file_most}", &market::file::in_words(terms.file_most))
        .replace("{base}", &terms.base_url)
}

fn limits() -> String {
    let lines = [
        ("Routes under /api", Policy::AgentGigs),
        ("Funding", Policy::Funding),
        ("Featuring", Policy::Featured),
        ("Logging in and signing up", Policy::Login),
        ("/api/credits, reading", Policy::GigiacRead),
        ("/api/credits, acting", Policy::GigiacWrite),
        ("Routes under /v1", Policy::Gagiteck),
    ];
    let line = |(what, policy): (&str, Policy)| policy.words().map(|words| format!("- {what}: {words}"));
    lines.into_iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

/// In the sandbox a bot can read its own letters.
const VERIFY: &str = r#"
   This server is a sandbox: mail is kept at {base}/sandbox/mail, newest first, a second after it was sent. A bot can follow the link itself:

```
LETTER=$(curl -s {base}/sandbox/mail | grep -o '/sandbox/mail/[A-Za-z0-9_]*' | head -n 1)
VERIFY=$(curl -s {base}$LETTER | grep -o 'token=[A-Za-z0-9]*' | head -n 1)
curl -s -X POST {base}/_fn/verify -d "$VERIFY"
```
"#;

/// And pay with test money.
const PAY: &str = r#"
   This server is a sandbox: the money is test money, and a bot can pay with it:

```
curl -s -X POST {base}/_fn/sandbox/pay -d "deposit=$DEPOSIT_ID"
```
"#;

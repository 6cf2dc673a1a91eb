//! `/llms.txt`: a worked example from sign-up to a paid job, with this server's address and terms filled in.

use api::table::Table;
use market::Rules;
use market::job::Category;
use market::rules::Policies;
use market::text::any_of;

/// Renders the text for a server with these rules and routes. A bot can pay by itself only where payments are pretended.
pub(crate) fn story(rules: &Rules, table: &Table, are_pretended: bool) -> String {
    let verify = if rules.sandbox { VERIFY } else { FOLLOW };
    let pay = if are_pretended { PAY } else { CHECKOUT };
    let fee = format!("{}.{:02} %", rules.service_fee_bps / 100, rules.service_fee_bps % 100);
    let told = include_str!("llms.txt")
        .replace("{verify}", verify)
        .replace("{pay}", pay)
        .replace("{fee}", &fee)
        .replace("{feature}", &format!("${}", rules.feature_fee))
        .replace("{delay}", &rules.release_delay.to_string())
        .replace("{categories}", &any_of(Category::ALL.iter().map(|category| category.as_str())))
        .replace("{conflict}", &rules.conflict_window.to_string())
        .replace("{limits}", &limits(table))
        .replace("{file_max}", &market::file::in_words(rules.file_max))
        .replace("{base}", &rules.base_url);
    told + &policies(rules)
}

/// The last section, with the operator's own texts; empty if there are none.
fn policies(rules: &Rules) -> String {
    let Policies { terms_url, privacy_url } = &rules.policies;
    let line = |name: &str, url: &Option<String>| url.as_ref().map(|url| format!("- {name}: {url}\n")).unwrap_or_default();
    match line("Terms of use", terms_url) + &line("Privacy policy", privacy_url) {
        none if none.is_empty() => none,
        lines => format!("\n## Terms\n\nBy signing up you accept these.\n\n{lines}"),
    }
}

/// The rate limits that the text prints, each with a route that has it.
const LIMITS: [(&str, &str, &str); 7] = [
    ("Routes under /api", "GET", "/api/agent/jobs/available"),
    ("Funding", "POST", "/api/jobs/{id}/fund-escrow"),
    ("Featuring", "POST", "/api/jobs/{id}/feature"),
    ("Logging in and signing up", "POST", "/api/auth/login"),
    ("/api/credits, reading", "GET", "/api/credits/balance"),
    ("/api/credits, acting", "POST", "/api/credits/deposit"),
    ("Routes under /v1", "GET", "/v1/auth/me"),
];

fn limits(table: &Table) -> String {
    let line = |(what, method, path): (&str, &str, &str)| {
        let (dialect, route) = table.route(method, path)?;
        Some(format!("- {what}: {}", route.policy(*dialect).words()?))
    };
    LIMITS.into_iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

/// The verification step in the sandbox: a bot reads its mail itself.
const VERIFY: &str = r#"  # This server is a sandbox: mail is kept at {base}/sandbox/mail, newest first.
  until curl -s $BASE/sandbox/mail | grep "$1@example.com" >/dev/null; do sleep 1; done
  LETTER=$(curl -s $BASE/sandbox/mail | tr '\n' ' ' | sed 's/<tr/\n<tr/g' | grep "$1@example.com" | grep -o '/sandbox/mail/[A-Za-z0-9_]*' | sed -n 1p)
  curl -s $BASE/_fn/verify -d "$(curl -s $BASE$LETTER | grep -o 'token=[A-Za-z0-9]*' | sed -n 1p)""#;

/// The verification step outside the sandbox: a person follows the link.
const FOLLOW: &str = r#"  read -r -p "Follow the link in the email to $1@example.com, then press Enter. " < /dev/tty"#;

/// The payment step in the sandbox, with test money.
const PAY: &str = r#"# This server is a sandbox: the money is test money, and a bot can pay with it.
curl -s $BASE/_fn/sandbox/pay -d "deposit=$DEPOSIT""#;

/// The payment step outside the sandbox: a person pays.
const CHECKOUT: &str = r#"read -r -p "Pay $DEPOSIT at its checkout_url, then press Enter. " < /dev/tty"#;

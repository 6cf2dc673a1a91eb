//! A bad setting is named, with what it may be.

use crate::child::run;
use crate::test_server::{Folder, PRODUCTION, settings};
use server::config::MetricsAccess;

fn refused(line: &[&str], variables: &[(&str, &str)], words: &[&str]) {
    let (code, said) = run(line, variables);
    assert!(code == 1 || code == 2, "{line:?} {variables:?} ended with {code}: {said}");
    for word in words {
        assert!(said.contains(word), "{line:?} {variables:?} should say {word:?}: {said}");
    }
}

#[test]
fn a_bad_value_is_named_with_what_it_may_be() {
    for (name, value, words) in [
        ("GUILDHALL_MODE", "prod", &["GUILDHALL_MODE", "sandbox", "production"][..]),
        ("GUILDHALL_LISTEN", "localhost", &["GUILDHALL_LISTEN", "127.0.0.1:3000"]),
        ("GUILDHALL_DATABASE", "mysql://x", &["GUILDHALL_DATABASE", "sqlite://", "postgres://"]),
        ("GUILDHALL_RELEASE_DELAY", "soon", &["GUILDHALL_RELEASE_DELAY", "24h"]),
        ("GUILDHALL_REVIEW_WINDOW", "3", &["GUILDHALL_REVIEW_WINDOW", "2s"]),
        ("GUILDHALL_SERVICE_FEE_BPS", "20000", &["GUILDHALL_SERVICE_FEE_BPS", "0..=10000"]),
        ("GUILDHALL_RATE_LIMITS", "fast", &["GUILDHALL_RATE_LIMITS", "reference", "off"]),
        ("GUILDHALL_TRUST_PROXY", "maybe", &["GUILDHALL_TRUST_PROXY", "true", "false"]),
        ("GUILDHALL_METRICS", "some", &["GUILDHALL_METRICS", "loopback", "open", "off"]),
        ("GUILDHALL_LOG", "a=b=c", &["GUILDHALL_LOG", "info"]),
        ("GUILDHALL_LOG", "loud", &["GUILDHALL_LOG", "info"]),
        ("GUILDHALL_LOG", "info,loud", &["GUILDHALL_LOG", "info"]),
        ("GUILDHALL_LOG_FORMAT", "xml", &["GUILDHALL_LOG_FORMAT", "text", "json"]),
        ("GUILDHALL_BASE_URL", "guild.example", &["GUILDHALL_BASE_URL", "https://"]),
        ("GUILDHALL_BASE_URL", "https://me:pw@guild.example", &["GUILDHALL_BASE_URL", "password", "https://"]),
        ("GUILDHALL_TERMS_URL", "javascript:alert(1)", &["GUILDHALL_TERMS_URL", "https://"]),
        ("GUILDHALL_PRIVACY_URL", "privacy", &["GUILDHALL_PRIVACY_URL", "https://"]),
        ("GUILDHALL_SECRET", "short", &["GUILDHALL_SECRET", "32"]),
        ("GUILDHALL_TOKEN_LIFE", "0s", &["GUILDHALL_TOKEN_LIFE", "1s"]),
        ("GUILDHALL_STRIPE_KEY", "sk_test_1", &["GUILDHALL_STRIPE_WEBHOOK_SECRET", "whsec_"]),
        ("GUILDHALL_STRIPE_WEBHOOK_SECRET", "whsec_1", &["GUILDHALL_STRIPE_KEY"]),
        ("GUILDHALL_STRIPE_URL", "stripe.example", &["GUILDHALL_STRIPE_URL", "https://"]),
        ("GUILDHALL_DEPOSIT_MAX", "100", &["GUILDHALL_DEPOSIT_MIN", "GUILDHALL_DEPOSIT_MAX"]),
        ("GUILDHALL_AUDIT_RETENTION", "1d", &["GUILDHALL_AUDIT_RETENTION", "GUILDHALL_EVENT_RETENTION"]),
    ] {
        refused(&["serve"], &[(name, value)], words);
    }
    refused(&["--mode", "prod"], &[], &["--mode", "sandbox", "production"]);
}

#[test]
fn a_key_of_the_wrong_mode_is_named() {
    let secret = ("GUILDHALL_STRIPE_WEBHOOK_SECRET", "whsec_1");
    refused(&["serve"], &[("GUILDHALL_STRIPE_KEY", "sk_live_1"), secret], &["GUILDHALL_STRIPE_KEY", "live key", "sk_test_"]);
    refused(&["serve"], &[("GUILDHALL_STRIPE_KEY", "pk_test_1"), secret], &["GUILDHALL_STRIPE_KEY", "no secret key"]);
    let production = [&["serve"][..], &PRODUCTION, &["--smtp-url", "smtp://127.0.0.1:1"]].concat();
    refused(&production, &[("GUILDHALL_STRIPE_KEY", "sk_test_1"), secret], &["GUILDHALL_STRIPE_KEY", "test key", "sk_live_"]);
}

#[test]
fn an_old_name_is_still_read_with_a_warning() {
    let refusal = "GUILDHALL_DEPOSIT_MAX is 100";
    refused(&["serve"], &[("GUILDHALL_DEPOSIT_MOST", "100")], &["GUILDHALL_DEPOSIT_MOST is now GUILDHALL_DEPOSIT_MAX", refusal]);
    refused(&["serve", "--deposit-most", "100"], &[], &["--deposit-most is now --deposit-max", refusal]);
    refused(&["serve"], &[("GUILDHALL_FILES_MOST", "many")], &["GUILDHALL_FILES_MOST is now GUILDHALL_FILES_MAX", "--files-max"]);
    let both = [("GUILDHALL_DEPOSIT_MOST", "1000"), ("GUILDHALL_DEPOSIT_MAX", "100")];
    refused(&["serve"], &both, &[refusal]);
}

#[test]
fn the_sandbox_stays_on_this_machine() {
    for address in ["0.0.0.0:3000", "[::]:3000", "192.168.0.1:3000"] {
        refused(&[], &[("GUILDHALL_LISTEN", address)], &["GUILDHALL_LISTEN", address, "127.0.0.1:3000", "GUILDHALL_MODE"]);
    }
}

#[test]
fn production_names_all_that_is_missing() {
    let production = ("GUILDHALL_MODE", "production");
    refused(&[], &[production], &["GUILDHALL_SECRET", "GUILDHALL_BASE_URL", "GUILDHALL_SMTP_URL", "GUILDHALL_MAIL_FROM"]);
    let (_, said) = run(&[], &[production, ("GUILDHALL_SECRET", &"s".repeat(32)), ("GUILDHALL_BASE_URL", "https://guild.example")]);
    assert!(!said.contains("GUILDHALL_SECRET") && said.contains("GUILDHALL_SMTP_URL"), "{said}");
}

#[test]
fn a_secret_is_never_repeated() {
    let folder = Folder::new();
    let (_, said) = run(
        &["--data", folder.path().to_str().unwrap()],
        &[("GUILDHALL_DATABASE", "postgres://me:hunter2@127.0.0.1:1/none"), ("GUILDHALL_SECRET", "hunter2"), ("GUILDHALL_LOG", "trace")],
    );
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn settings_that_go_together_are_taken() {
    let config = settings(&["--release-delay", "2s", "--base-url", "HTTPS://Guild.example/", "--trust-proxy"]).check().unwrap();
    assert_eq!(config.base_url.as_deref(), Some("https://guild.example"));
    assert_eq!(config.database, "sqlite://./data/guildhall.db");
    assert!(config.trust_proxy);
    assert_eq!(config.rules.rules(true, String::new(), None).release_delay, market::Duration::seconds(2));
}

#[test]
fn payouts_hold_new_money_for_a_week_where_it_is_real() {
    let held = |line: &[&str], provider| settings(line).check().unwrap().rules.rules(true, String::new(), provider).payout_hold;
    assert_eq!(held(&[], Some("stripe")), market::Duration::days(7));
    assert_eq!(held(&[], Some(market::payment::SANDBOX)), market::Duration::days(0));
    assert_eq!(held(&["--payout-hold-days", "0"], Some("stripe")), market::Duration::days(0));
    assert_eq!(held(&["--payout-hold-days", "180"], Some(market::payment::SANDBOX)), market::Duration::days(180));
    refused(&["serve"], &[("GUILDHALL_PAYOUT_HOLD_DAYS", "181")], &["--payout-hold-days", "180"]);
    refused(&["serve"], &[("GUILDHALL_PAYOUT_HOLD_DAYS", "-1")], &["--payout-hold-days"]);
}

#[test]
fn metrics_are_closed_in_production_until_they_are_opened() {
    let production = [&PRODUCTION[..], &["--smtp-url", "smtp://127.0.0.1:1"]].concat();
    for (line, metrics) in [
        (vec![], MetricsAccess::Loopback),
        (production.clone(), MetricsAccess::Off),
        ([&production[..], &["--metrics", "loopback"]].concat(), MetricsAccess::Loopback),
    ] {
        assert_eq!(settings(&line).check().unwrap().metrics, metrics, "{line:?}");
    }
}

#[test]
fn settings_shown_for_debugging_keep_their_secrets() {
    let secrets = ["--database", "postgres://me:hunter2@127.0.0.1/none", "--smtp-url", "smtp://me:hunter2@127.0.0.1:1"];
    let settings = settings(&[&PRODUCTION[..], &secrets].concat());
    let shown = format!("{settings:?} {:?}", settings.clone().check().unwrap());
    assert!(shown.contains("Production"), "{shown}");
    assert!(!shown.contains("hunter2") && !shown.contains("0123456789abcdef"), "{shown}");
}

#[test]
fn the_sandbox_secret_is_made_once_and_private() {
    let folder = Folder::new();
    let data = folder.path().to_str().unwrap();
    let secret = settings(&["--data", data]).check().unwrap().secret;
    let bytes = secret.bytes().unwrap();
    assert!(bytes.len() >= 32 && bytes == secret.bytes().unwrap());
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(folder.path().join("secret")).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[cfg(unix)]
#[test]
fn a_database_is_closed_to_other_accounts() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = Folder::new();
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
    let (data, database) = (folder.path().to_str().unwrap(), folder.path().join("guildhall.db"));
    let (code, said) = run(&["migrate", "--data", data], &[]);
    assert!(code == 0 && said.contains("chmod 700"), "{code} {said}");
    assert_eq!(mode(&database), 0o600, "a new one");
    std::fs::set_permissions(&database, PermissionsExt::from_mode(0o644)).unwrap();
    assert_eq!(run(&["migrate", "--data", data], &[]).0, 0);
    assert_eq!((mode(&database), mode(folder.path())), (0o600, 0o755), "an older one; the folder is the operator's");
}

#[test]
fn the_table_of_settings_is_whole() {
    let table = include_str!("../../../docs/settings.md");
    let usual = market::Rules::default();
    for (name, value) in crate::test_server::variables() {
        let row = table.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
        let row = row.unwrap_or_else(|| panic!("docs/settings.md has no row for {name}"));
        assert!(value.is_empty() || row.contains(&format!("| `{value}` |")), "{name} defaults to {value}: {row}");
    }
    for (name, value) in [
        ("RELEASE_DELAY", usual.release_delay),
        ("RELEASE_DELAY_MIN", usual.release_delay_min),
        ("REVIEW_WINDOW", usual.review_window),
        ("FUNDING_WINDOW", usual.funding_window),
        ("WORK_WINDOW", usual.work_window),
        ("REVISION_WINDOW", usual.revision_window),
        ("LISTING_WINDOW", usual.listing_window),
        ("DISPUTE_WINDOW", usual.dispute_window),
        ("SESSION_LIFE", usual.session_life),
        ("TOKEN_LIFE", usual.token_life),
        ("VERIFICATION_LIFE", usual.verification_life),
    ] {
        let said = table.lines().find_map(|line| line.strip_prefix(&format!("| `GUILDHALL_{name}` | `"))?.split('`').next());
        assert_eq!(said.map(str::parse), Some(Ok(value)), "{name}");
    }
}

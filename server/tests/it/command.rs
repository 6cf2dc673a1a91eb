//! The command line beside `serve`.

use crate::child::{Served, run};
use crate::test_server::{Folder, PRODUCTION};
use serde_json::{Value, json};

#[tokio::test]
async fn accounts_are_verified_and_promoted_while_it_serves() {
    let folder = Folder::new();
    let served = Served::start(folder.path());
    let data = folder.path().to_str().unwrap();
    let client = reqwest::Client::new();
    let who = json!({ "name": "Ada", "email": "ada@example.org", "password": "correct horse battery" });
    let signed = client.post(format!("{}/v1/auth/signup", served.url)).json(&who).send().await.unwrap();
    assert_eq!(signed.status(), 201, "{}", signed.text().await.unwrap());
    for (act, became) in [("verify", "verified"), ("promote", "admin")] {
        let (code, said) = run(&["user", act, "ADA@example.org", "--data", data], &[]);
        assert!(code == 0 && said.contains("ada@example.org") && said.contains(became), "{code} {said}");
    }
    let (code, said) = run(&["user", "reset-link", "ada@example.org", "--data", data, "--base-url", &served.url], &[]);
    assert!(code == 0 && said.starts_with(&format!("{}/reset-password?token=", served.url)), "{code} {said}");
    let (code, said) = run(&["user", "reset-second-factor", "ada@example.org", "--data", data], &[]);
    assert!(code == 0 && said.contains("signs in by the password alone"), "{code} {said}");
    let (code, said) = run(&["user", "verify", "nobody@example.org", "--data", data], &[]);
    assert!(code == 1 && said.contains("no such member"), "{code} {said}");
    let (code, said) = run(&["user", "verify", "not an address", "--data", data], &[]);
    assert!(code == 1 && said.contains("Enter an email address"), "{code} {said}");
}

#[test]
fn the_ledger_is_proved_or_the_proof_says_what_is_wrong() {
    let folder = Folder::new();
    let data = folder.path().to_str().unwrap();
    assert_eq!(run(&["migrate", "--data", data], &[]).0, 0);
    let (code, said) = run(&["ledger", "verify", "--data", data], &[]);
    assert!(code == 0 && said.contains("the ledger is sound: 0 entries"), "{code} {said}");
    let thief = rusqlite::Connection::open(folder.path().join("guildhall.db")).unwrap();
    thief.execute("insert into account (id, purpose, balance) values ('wallet:team_thief', 'wallet', 100)", []).unwrap();
    drop(thief);
    let (code, said) = run(&["ledger", "verify", "--data", data], &[]);
    assert!(code == 1 && said.contains("wallet:team_thief") && said.contains("not sound"), "{code} {said}");
}

#[test]
fn a_backup_is_a_whole_database() {
    let (folder, other) = (Folder::new(), Folder::new());
    let copy = other.path().join("guildhall.db");
    let data = folder.path().to_str().unwrap();
    assert_eq!(run(&["migrate", "--data", data], &[]).0, 0);
    for _ in 0..2 {
        let (code, said) = run(&["backup", copy.to_str().unwrap(), "--data", data], &[]);
        assert!(code == 0 && said.contains("guildhall.db"), "{code} {said}");
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&copy).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600, "it holds accounts and mail");
        // As an older version left it.
        std::fs::set_permissions(&copy, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    }
    let (code, said) = run(&["ledger", "verify", "--data", other.path().to_str().unwrap()], &[]);
    assert!(code == 0, "{said}");
}

#[test]
fn only_serving_and_migrating_make_a_database() {
    let folder = Folder::new();
    let (typo, copy) = (folder.path().join("typo"), folder.path().join("copy.db"));
    let (data, copy) = (typo.to_str().unwrap(), copy.to_str().unwrap());
    let commands =
        [&["ledger", "verify"][..], &["backup", copy], &["user", "verify", "ada@example.org"], &["user", "promote", "ada@example.org"]];
    let refused = |setting: &[&str], words: &[&str]| {
        for command in commands {
            let (code, said) = run(&[command, setting].concat(), &[]);
            assert!(code == 1 && words.iter().all(|word| said.contains(word)), "{command:?}: {code} {said}");
        }
    };
    refused(&["--data", data], &["typo/guildhall.db", "check GUILDHALL_DATA;", "no database"]);
    let file = format!("sqlite://{data}/other.db");
    refused(&["--data", data, "--database", &file], &["typo/other.db", "check GUILDHALL_DATABASE;", "no database"]);
    assert!(!typo.exists() && !std::path::Path::new(copy).exists(), "nothing was made");
    assert_eq!(run(&["migrate", "--data", data], &[]).0, 0);
    let older = rusqlite::Connection::open(typo.join("guildhall.db")).unwrap();
    older.execute("delete from _sqlx_migrations where version = 1", []).unwrap();
    drop(older);
    refused(&["--data", data], &["typo/guildhall.db", "guildhall migrate"]);
}

#[test]
fn play_money_does_not_become_real() {
    let folder = Folder::new();
    let data = folder.path().to_str().unwrap();
    drop(Served::start(folder.path()));
    let line = ["--listen", "127.0.0.1:0", "--data", data, "--smtp-url", "smtp://127.0.0.1:1"];
    let (code, said) = run(&[&line[..], &PRODUCTION].concat(), &[]);
    assert!(code == 1 && said.contains("sandbox mode") && said.contains("GUILDHALL_MODE=sandbox"), "{code} {said}");
    // A database from before modes were kept takes the present one.
    let older = rusqlite::Connection::open(folder.path().join("guildhall.db")).unwrap();
    older.execute("delete from setting", []).unwrap();
    drop(Served::start(folder.path()));
    let kept: String = older.query_row("select value from setting where name = 'mode'", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, "sandbox");
}

#[test]
fn migrating_twice_is_fine() {
    let folder = Folder::new();
    for _ in 0..2 {
        let (code, said) = run(&["migrate", "--data", folder.path().to_str().unwrap()], &[]);
        assert!(code == 0 && said.contains("SQLite is up to date"), "{code} {said}");
    }
}

#[test]
fn the_document_is_printed_without_a_server() {
    let (code, said) = run(&["openapi", "--base-url", "https://guild.example"], &[]);
    let document: Value = serde_json::from_str(&said).unwrap();
    assert!(code == 0 && document["openapi"] == "3.1.0" && document["servers"][0]["url"] == "https://guild.example", "{said}");
}

#[test]
fn help_names_every_command_and_setting() {
    let (code, said) = run(&["--help"], &[]);
    assert_eq!(code, 0);
    for word in ["serve", "migrate", "user", "ledger", "openapi", "backup", "--listen", "--release-delay", "GUILDHALL_BASE_URL"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    let (_, brief) = run(&["user", "verify", "--help"], &[]);
    assert!(brief.contains("EMAIL") && brief.lines().count() < 15, "{brief}");
}

//! The inventory against the real schema, and rows that are filled with canaries: all of a member's are found in their export and none
//! after their deletion, and those of somebody else the other way round.

#[path = "inventory/seed.rs"]
pub(crate) mod seed;

use market::db::sql;
use market::inventory::{Erases, TABLES};
use market::{Duration, deletion, export};
use seed::{Column, Person, cells, columns, drain, fill};
use std::collections::BTreeSet;
use testkit::{TestApp, act, both};

/// Lists the names in lists of columns with reasons.
fn names(lists: &[(&'static str, &'static str)]) -> BTreeSet<&'static str> {
    lists.iter().flat_map(|(columns, _)| columns.split_whitespace()).collect()
}

/// Columns whose canary no export shows, though others of the column are shown.
const NOT_SHOWN: &[(&str, &str)] = &[
    // The address of a guest is the guest's.
    ("invitation", "email"),
];

/// Returns what an export shows of a member, as one text, and the files that are empty.
async fn exported(app: &TestApp, person: &Person) -> (String, Vec<&'static str>) {
    let whose = export::whose(&app.market, &person.actor.member).await.expect("a member");
    let (mut text, mut empty) = (String::new(), Vec::new());
    for table in TABLES.iter() {
        for (n, part) in table.parts.iter().enumerate().filter(|(_, part)| !part.file.is_empty()) {
            let (rows, has_more) = export::rows(&mut app.read().await, &whose, (table.name, n), 0).await.expect("reads");
            assert!(!has_more, "{} is short", part.file);
            if rows.is_empty() {
                empty.push(part.file);
            }
            text += &serde_json::to_string(&rows).expect("JSON");
        }
    }
    (text, empty)
}

both! {
    async fn it_knows_every_table_and_every_column(app) {
        let mut found: Vec<Column> = columns(app).await;
        let known: BTreeSet<_> = TABLES.iter().map(|table| table.name).collect();
        assert_eq!(known.len(), TABLES.len(), "each once");
        let real: BTreeSet<_> = found.iter().map(|column| column.table.as_str()).collect();
        assert_eq!(real, known, "a new table belongs into market/src/inventory/store");
        for table in TABLES.iter() {
            assert_eq!(table.parts.is_empty(), !table.nothing.is_empty(), "{}: rows of a member, or why there are none", table.name);
            let (hidden, kept) = (names(table.hides), names(table.keeps));
            let shown: BTreeSet<_> = table.parts.iter().flat_map(|part| part.shows.split_whitespace()).collect();
            let erased: BTreeSet<_> = table.parts.iter().flat_map(|part| match part.erases {
                Erases::Columns(columns) => columns.iter().map(|(column, _)| *column).collect(),
                _ => Vec::new(),
            }).collect();
            // Where all rows of a member are deleted, no column of theirs outlives the account.
            let all_go = table.parts.iter().all(|part| matches!(part.erases, Erases::Rows));
            let of_table = found.extract_if(.., |column| column.table == table.name);
            let columns: Vec<_> = of_table.filter(|_| !table.parts.is_empty()).collect();
            for name in hidden.iter().chain(&shown).chain(&kept).chain(&erased) {
                assert!(columns.iter().any(|column| column.name == *name), "{}.{name} is no column", table.name);
            }
            for Column { table, name, is_text, .. } in &columns {
                let name = name.as_str();
                assert!(shown.contains(name) || hidden.contains(name), "{table}.{name}: an export shows it, or says why not");
                let is_treated = all_go || !is_text || erased.contains(name) || kept.contains(name);
                assert!(is_treated, "{table}.{name}: a deletion erases it, or says why not");
            }
        }
    }

    async fn an_export_holds_all_of_a_member_and_nothing_of_others(app) {
        let (ada, bob) = (Person::new(app, "ada").await, Person::new(app, "bob").await);
        fill(app, &ada, &bob).await;
        fill(app, &bob, &ada).await;
        let (text, empty) = exported(app, &ada).await;
        assert_eq!(empty, Vec::<&str>::new(), "each file has a row");
        let mut missing = Vec::new();
        for (table, column, value) in cells(app, "ada~").await {
            let hidden = TABLES.iter().any(|known| known.name == table && names(known.hides).contains(column.as_str()));
            if !hidden && !NOT_SHOWN.contains(&(table.as_str(), column.as_str())) && !text.contains(&value) {
                missing.push((table, column, value));
            }
        }
        assert_eq!(missing, []);
        let theirs = text.split('"').filter(|word| word.contains("bob~")).collect::<Vec<_>>();
        assert_eq!(theirs, ["bob~member~email@example.com"], "the address to which ada asked for a link");
        for secret in ["hash", "secret", "token"] {
            assert!(!text.contains(&format!("~{secret}")) && !text.contains(&format!("_{secret}\":")), "no {secret}");
        }
    }

    async fn a_deletion_leaves_nothing_of_the_member_and_all_of_others(app) {
        let (ada, bob) = (Person::new(app, "ada").await, Person::new(app, "bob").await);
        fill(app, &ada, &bob).await;
        fill(app, &bob, &ada).await;
        for person in [&ada, &bob] {
            drain(app, person).await;
        }
        let mut before = cells(app, "bob~").await;
        // In rows of ada: bob's address, to which she asked for a link and an invitation, and what she was told of bob's job.
        let address = "bob~member~email@example.com";
        let in_rows_of_ada = [("invitation", address), ("mailed_link", address), ("notification", "bob~notification~body")];
        before.retain(|(table, _, value)| !in_rows_of_ada.contains(&(table.as_str(), value.as_str())));
        assert!(cells(app, "ada~").await.len() > 60);
        app.write(sql("update member set suspended_at = created_at, deletion_at = created_at where id = $1").bind(&ada.actor.member)).await;
        assert!(deletion::erase_due(&app.market).await.expect("erases"));
        assert!(!deletion::erase_due(&app.market).await.expect("once"));
        assert_eq!(cells(app, "ada~").await, []);
        assert_eq!(cells(app, "bob~").await, before);
        app.pass(Duration::days(1));
        assert!(act!(app, member::sign_up(&testkit::people::draft("ada"), testkit::hash().await)).is_ok(), "the address is free");
    }
}

//! Rows of every table, with a canary in every column of text that a member can fill.

use market::db::{Db, sql};
use market::inventory::TABLES;
use market::ledger::{self, Account, Entry, Reason};
use market::{Actor, Money, export};
use serde::Deserialize;
use testkit::{PASSWORD, START, TestApp};

/// A column of the real schema.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Column {
    pub(crate) table: String,
    pub(crate) name: String,
    pub(crate) is_text: bool,
}

/// Lists the columns of the real schema.
pub(crate) async fn columns(app: &TestApp) -> Vec<Column> {
    let text = if is_sqlite(&app.market.db) {
        "select m.name as \"table\", p.name, case when lower(p.type) = 'text' then 1 else 0 end as is_text \
         from sqlite_master m join pragma_table_info(m.name) p where m.type = 'table' and m.name not like 'sqlite%' order by 1, p.cid"
    } else {
        "select cast(table_name as text) as \"table\", cast(column_name as text) as name, \
         case when data_type = 'text' then cast(1 as bigint) else cast(0 as bigint) end as is_text \
         from information_schema.columns where table_schema = 'public' order by table_name, ordinal_position"
    };
    sql(text).all(&mut app.read().await).await.expect("a schema")
}

fn is_sqlite(db: &Db) -> bool {
    db.engine() == "SQLite"
}

/// Lists the cells of text in all of the database that hold a word, by table and column.
pub(crate) async fn cells(app: &TestApp, word: &str) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for Column { table, name, .. } in columns(app).await.into_iter().filter(|column| column.is_text) {
        let text = format!("select {name} from {table} where {name} like $1 order by 1");
        // A statement lives as long as the process; these are a test's.
        let values: Vec<String> = sql(text.leak()).bind(format!("%{word}%")).all(&mut app.read().await).await.expect("reads");
        found.extend(values.into_iter().map(|value| (table.clone(), name.clone(), value)));
    }
    found
}

/// A member with a team, an agent and money.
pub(crate) struct Person {
    pub(crate) tag: &'static str,
    pub(crate) actor: Actor,
    email: String,
    login: String,
}

impl Person {
    pub(crate) async fn new(app: &TestApp, tag: &'static str) -> Self {
        let actor = app.agent(tag, &["coding"]).await;
        app.fund(&actor, Money(10_000)).await;
        let email = format!("{tag}~member~email@example.com");
        for (text, id) in [
            ("update member set name = $1 || 'member~name', email = $1 || 'member~email@example.com' where id = $2", actor.member.as_str()),
            ("update team set name = $1 || 'team~name' where id = $2", actor.team.as_str()),
            (
                "update agent set name = $1 || 'agent~name', bio = $1 || 'agent~bio', model = $1 || 'agent~model', \
              framework = $1 || 'agent~framework' where team_id = $2",
                actor.team.as_str(),
            ),
        ] {
            app.write(sql(text).bind(format!("{tag}~")).bind(id)).await;
        }
        export::ask(&app.market, &actor, Some(PASSWORD)).await.expect("asks");
        let login = export::whose(&app.market, &actor.member).await.expect("a member").login;
        Self { tag, actor, email, login }
    }

    fn agent(&self) -> String {
        self.actor.agent.as_ref().expect("an agent").to_string()
    }
}

/// Takes the money out of a wallet, so that nothing binds the account.
pub(crate) async fn drain(app: &TestApp, person: &Person) {
    empty(app, &person.actor).await;
}

/// Takes the money out of a wallet.
pub(crate) async fn empty(app: &TestApp, actor: &Actor) {
    let mut tx = app.market.begin().await.expect("begins");
    let left = ledger::balance(&mut tx, &Account::wallet(&actor.team)).await.expect("a balance");
    let entry = Entry::nth(Reason::Reverse, actor.team.as_str(), "test").debit(Account::wallet(&actor.team), left);
    if left != Money::ZERO {
        ledger::post(&mut tx, &entry.credit(Account::provider(), left)).await.expect("posts");
    }
    tx.commit().await.expect("commits");
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A row to insert: whose canaries it has, and the columns that have other values, each an expression of SQL.
type Seed<'a> = (&'a str, &'a Person, Vec<(&'a str, String)>);

/// Fills the tables with rows of `x`, and with rows of `y` on the job of `x`.
pub(crate) async fn fill(app: &TestApp, x: &Person, y: &Person) {
    let schema = columns(app).await;
    let key = "insert into signing_key (id, public_key, sealed, created_at) values ('signing-key', '', '', '') on conflict (id) do nothing";
    app.write(sql(key)).await;
    for (table, by, set) in seeds(x, y) {
        let of_table: Vec<_> = schema.iter().filter(|column| column.table == table).collect();
        assert!(!of_table.is_empty(), "{table}");
        let known = TABLES.iter().find(|known| known.name == table).expect("in the inventory");
        let kept: Vec<_> = known.keeps.iter().flat_map(|(names, _)| names.split_whitespace()).collect();
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for column in of_table.into_iter().filter(|column| column.name != "key" || column.is_text) {
            let name = column.name.as_str();
            let given = set.iter().find(|(given, _)| *given == name).map(|(_, value)| value.clone());
            values.push(given.unwrap_or_else(|| usual(table, column, &kept, (x, by))));
            names.push(name);
        }
        let text = format!("insert into {table} ({}) values ({})", names.join(", "), values.join(", "));
        app.write(sql(text.leak())).await;
    }
}

/// The usual value of a column: an id, a time, a number, or a canary.
fn usual(table: &str, column: &Column, kept: &[&str], (x, by): (&Person, &Person)) -> String {
    let name = column.name.as_str();
    match name {
        "member_id" | "invited_by" => return quoted(by.actor.member.as_str()),
        "team_id" => return quoted(by.actor.team.as_str()),
        "agent_id" => return quoted(&by.agent()),
        "job_key" => return format!("(select key from job where id = '{}-job-id')", x.tag),
        "endpoint_key" => return format!("(select key from endpoint where id = '{}-endpoint-id')", x.tag),
        "delivery_key" => return format!("(select key from delivery where id = '{}-delivery-id')", x.tag),
        "made_by" | "ruled_by" => return "null".to_owned(),
        "account" if table.starts_with("login") => return quoted(&by.login),
        _ => {}
    }
    match (name, column.is_text) {
        ("deliverable_id" | "application_id" | "dispute_id" | "seat_id" | "deposit_id", _) => {
            let of = if name == "seat_id" { "proof_seat" } else { name.trim_end_matches("_id") };
            format!("'{}-{of}-id'", x.tag)
        }
        ("credited" | "fee" | "failures" | "attempts" | "refusals" | "reversed" | "is_default", false) if table != "proof_seat" => {
            "0".to_owned()
        }
        (_, false) => "1".to_owned(),
        _ if name.ends_with("_at") || name.contains("since") || name.contains("until") || name == "at" => quoted(&START.to_string()),
        _ if kept.contains(&name) || name == "id" => format!("'{}-{table}-{name}'", x.tag),
        _ => format!("'{}~{table}~{name}'", by.tag),
    }
}

fn seeds<'a>(x: &'a Person, y: &'a Person) -> Vec<Seed<'a>> {
    let text = |by: &Person, of: &str| format!("'{}~{of}'", by.tag);
    let id = |of: &str| format!("'{}-{of}'", x.tag);
    let of_x = [
        "unsent_form",
        "session",
        "recovery_code",
        "sign_in_challenge",
        "second_factor",
        "login_failure",
        "login_network",
        "mail_choice",
        "mail_stop",
        "role",
        "preference",
    ];
    let mut seeds: Vec<Seed<'a>> = of_x.into_iter().map(|table| (table, x, vec![])).collect();
    seeds.extend(people(x, y, &id));
    seeds.extend([
        ("job", x, vec![("worker_team_id", quoted(y.actor.team.as_str())), ("agent_id", quoted(&y.agent()))]),
        ("job_skill", x, vec![]),
        ("nda", y, vec![]),
        ("job_invitation", y, vec![("member_id", quoted(x.actor.member.as_str()))]),
        ("application", y, vec![("message", text(x, "application~message"))]),
        ("deliverable", y, vec![]),
        ("file", x, vec![("status", "'ready'".into()), ("deliverable_id", "null".into())]),
        ("review", x, vec![]),
        ("proof_seat", y, vec![]),
        ("proof", y, vec![]),
        ("proof_draft", y, vec![]),
        ("hallmark", y, vec![]),
        ("message", x, vec![("worker_team_id", quoted(y.actor.team.as_str()))]),
        ("message", y, vec![("worker_team_id", quoted(y.actor.team.as_str())), ("id", id("other-message")), ("number", "2".into())]),
        ("rating", x, vec![("rated_team_id", quoted(y.actor.team.as_str()))]),
        ("dispute", x, vec![("side", "'poster'".into()), ("answer", text(y, "dispute~answer"))]),
        ("evidence", x, vec![]),
        ("question", y, vec![("answer", text(x, "question~answer"))]),
        ("notification", x, vec![]),
        (
            "notification",
            y,
            vec![("id", id("told")), ("about", id("evt_").replace(&format!("{}-", x.tag), "evt_")), ("body", text(x, "notification~body"))],
        ),
    ]);
    seeds.push(("mandate", x, vec![("set_by", quoted(x.actor.member.as_str()))]));
    seeds.push(("mandate_version", x, vec![("signing_key_id", "'signing-key'".into())]));
    seeds.extend(["mandate_task", "mandate_spend"].map(|table| (table, x, vec![])));
    let person = quoted(x.actor.member.as_str());
    seeds.push(("safety_case", x, vec![("decided_by", "null".into()), ("appealed_by", person.clone())]));
    seeds.push(("safety_report", x, vec![("case_key", format!("(select key from safety_case where id = {})", id("safety_case-id")))]));
    seeds.push(("approval", x, vec![("asked_by", person.clone()), ("decided_by", person), ("title", text(x, "approval~title"))]));
    seeds.extend(
        ["deposit", "card_acceptance", "refill", "payee", "payout", "endpoint", "endpoint_topic", "delivery", "attempt"]
            .map(|table| (table, x, vec![])),
    );
    let letter = format!("'{{\"to\":\"{}\",\"text\":\"{}~timer~payload\"}}'", x.email, x.tag);
    seeds.push(("timer", x, vec![("kind", "'mail.send'".into()), ("payload", letter)]));
    seeds
}

fn people<'a>(x: &'a Person, y: &'a Person, id: &impl Fn(&str) -> String) -> Vec<Seed<'a>> {
    vec![
        ("api_key", x, vec![("agent_id", "null".into()), ("hash", id("hash"))]),
        ("mailed_link", x, vec![("token_hash", id("token"))]),
        ("mailed_link", y, vec![("token_hash", id("token2")), ("email", quoted(&x.email))]),
        ("invitation", x, vec![("token_hash", id("token"))]),
        ("invitation", y, vec![("id", id("received")), ("token_hash", id("token2")), ("email", quoted(&x.email))]),
    ]
}

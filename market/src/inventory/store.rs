//! The statements of the inventory, made from the declarations of its tables.

use super::{Erases, Part, Table};
use kernel::Result;
use kernel::id::MemberId;
use platform::db::{Conn, Query, Tx, sql};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The teams that are a member's alone, as a list of SQL: nobody else is in them.
macro_rules! own_teams {
    () => {
        "(select s.team_id from team_member s where s.member_id = $1 and s.role_id = 'role_owner' and not exists \
         (select 1 from team_member o where o.team_id = s.team_id and o.member_id <> s.member_id))"
    };
}

/// The agents of those teams.
macro_rules! own_agents {
    () => {
        concat!("(select a.id from agent a where a.team_id in ", own_teams!(), ")")
    };
}

/// The jobs that those teams posted, by their keys.
macro_rules! own_jobs {
    () => {
        concat!("(select j.key from job j where j.team_id in ", own_teams!(), ")")
    };
}

/// The seats of those teams in reviews.
macro_rules! own_seats {
    () => {
        concat!("(select x.id from proof_seat x where x.team_id in ", own_teams!(), ")")
    };
}

pub(crate) use {own_jobs, own_teams};

mod conversation;
mod machinery;
mod money;
mod people;
mod spending;
mod work;

/// The tables of all areas, in the order in which rows of them can be deleted; members come last, because the others are found by them.
pub static TABLES: LazyLock<Vec<Table>> =
    LazyLock::new(|| [machinery::TABLES, conversation::TABLES, spending::TABLES, work::TABLES, money::TABLES, people::TABLES].concat());

/// The member whose rows a statement is about.
#[derive(Clone, Debug)]
pub struct Whose {
    /// The member.
    pub member: MemberId,
    /// The email address.
    pub email: String,
    /// The hash by which logins are counted.
    pub login: String,
}

impl Whose {
    fn bind(&self, text: &'static str) -> Query {
        sql(text).bind(&self.member).bind(self.email.as_str()).bind(self.login.as_str())
    }
}

/// Names all three parameters: PostgreSQL refuses one that a statement does not use.
const PARAMETERS: &str = "cast($1 as text) <> '' and cast($2 as text) <> '' and cast($3 as text) <> ''";

/// Statements by table and number of the part.
type Statements = HashMap<(&'static str, usize), String>;

fn statements(of: impl Fn(&Table, &Part) -> Option<String>) -> Statements {
    let numbered = TABLES.iter().flat_map(|table| table.parts.iter().enumerate().map(move |(n, part)| (table, n, part)));
    numbered.filter_map(|(table, n, part)| Some(((table.name, n), of(table, part)?))).collect()
}

static SHOWN: LazyLock<Statements> = LazyLock::new(|| {
    statements(|table, part| {
        let columns: Vec<_> = part.shows.split_whitespace().map(|column| format!("t.{column}")).collect();
        let (columns, name, whose) = (columns.join(", "), table.name, part.whose);
        let text = format!("select {columns} from {name} t where ({whose}) and {PARAMETERS} order by 1, 2 limit $4 offset $5");
        (!part.file.is_empty()).then_some(text)
    })
});

/// Reads rows of a part that an export shows, from the one after `offset` others.
pub async fn rows(
    conn: &mut Conn,
    whose: &Whose,
    (table, part): (&'static str, usize),
    limit: i64,
    offset: i64,
) -> Result<Vec<Map<String, Value>>> {
    let Some(text) = SHOWN.get(&(table, part)) else { return Ok(Vec::new()) };
    whose.bind(text).bind(limit).bind(offset).long().all(conn).await
}

static ERASED: LazyLock<Statements> = LazyLock::new(|| {
    statements(|table, part| {
        let (name, whose) = (table.name, part.whose);
        match part.erases {
            Erases::Nothing => None,
            Erases::Rows => Some(format!("delete from {name} as t where ({whose}) and {PARAMETERS}")),
            Erases::Columns(columns) => {
                let set: Vec<_> = columns.iter().map(|(column, value)| format!("{column} = {value}")).collect();
                Some(format!("update {name} as t set {} where ({whose}) and {PARAMETERS}", set.join(", ")))
            }
        }
    })
});

/// Erases the rows of a part.
pub async fn erase(tx: &mut Tx, whose: &Whose, (table, part): (&'static str, usize)) -> Result<()> {
    let Some(text) = ERASED.get(&(table, part)) else { return Ok(()) };
    whose.bind(text).run(tx).await.map(drop)
}

/// One statement for each column whose words are erased.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let parts = TABLES.iter().flat_map(|table| table.parts.iter().map(move |part| (table, part)));
    let columns = parts.flat_map(|(table, part)| match part.erases {
        Erases::Columns(columns) => columns.iter().map(|(column, _)| (table.name, part.whose, *column)).collect(),
        _ => Vec::new(),
    });
    columns
        .filter(|(_, _, column)| !matches!(*column, "status" | "role" | "words_removed"))
        .map(|(name, whose, column)| {
            format!(
                "select cast(t.{column} as text) from {name} t where ({whose}) and {PARAMETERS} and t.{column} is not null \
                 order by 1 limit $4 offset $5"
            )
        })
        .collect()
});

/// The number of values that are read at a time.
const BATCH: i64 = 200;

/// Hands every word of a member that a deletion erases to `each`, a batch at a time.
pub(crate) async fn words(conn: &mut Conn, whose: &Whose, mut each: impl FnMut(String)) -> Result<()> {
    for text in WORDS.iter() {
        for batch in 0.. {
            let some: Vec<String> = whose.bind(text).bind(BATCH).bind(batch * BATCH).long().all(conn).await?;
            let is_last = some.len() < usize::try_from(BATCH).unwrap_or(usize::MAX);
            some.into_iter().for_each(&mut each);
            if is_last {
                break;
            }
        }
    }
    Ok(())
}

/// Lists the ids of a member's messages, questions and applications, by which events refer to their words.
pub(crate) async fn ids(conn: &mut Conn, whose: &Whose) -> Result<Vec<String>> {
    sql(concat!(
        "select id from message where member_id = $1 union all select id from question where member_id = $1 \
         union all select id from application where team_id in ",
        own_teams!()
    ))
    .bind(&whose.member)
    .long()
    .all(conn)
    .await
}

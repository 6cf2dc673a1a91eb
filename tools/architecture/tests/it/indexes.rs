//! No index repeats the beginning of another: each costs a page in every act that writes its table.

use architecture::{hold, sources};
use std::collections::BTreeMap;

/// Pairs that stay, each because the smaller one is partial: it guards a rule, or is tiny beside the table.
const OVERLAPPING: &[&str] = &[
    // One default agent of a team.
    "agent: agent_default, agent_team",
    // The pending offers of a job that had hundreds: the dashboards count them.
    "application: application_waiting, unique (job_key, kind, team_id)",
];

/// An index, a key or a unique constraint: its name, its columns in their order, and its condition if it is partial.
struct Index {
    name: String,
    columns: Vec<String>,
    condition: Option<String>,
}

/// Splits a list at the commas outside parentheses.
fn split(list: &str) -> Vec<String> {
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for c in list.chars() {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        match parts.last_mut() {
            Some(_) if c == ',' && depth == 0 => parts.push(String::new()),
            Some(part) => part.push(c),
            None => {}
        }
    }
    parts.iter().map(|part| part.trim().trim_end_matches(" desc").to_owned()).collect()
}

/// Returns what stands between the first parenthesis of a text and its partner.
fn inside(text: &str) -> &str {
    let Some(open) = text.find('(') else { return "" };
    let mut depth = 0;
    for (at, c) in text[open..].char_indices() {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth == 0 {
            return &text[open + 1..open + at];
        }
    }
    ""
}

fn of_table(body: &str) -> Vec<Index> {
    let mut found = Vec::new();
    for line in split(body) {
        let words: Vec<_> = line.split_whitespace().collect();
        match words.as_slice() {
            ["unique", ..] | ["primary", ..] => found.push(Index { name: line.clone(), columns: split(inside(&line)), condition: None }),
            [column, ..] if line.contains("primary key") || words.contains(&"unique") => {
                found.push(Index { name: (*column).to_owned(), columns: vec![(*column).to_owned()], condition: None });
            }
            _ => {}
        }
    }
    found
}

#[test]
fn no_index_repeats_the_beginning_of_another() {
    let mut tables: BTreeMap<String, Vec<Index>> = BTreeMap::new();
    for file in sources(&[".sql"]).into_iter().filter(|file| file.path.starts_with("migrations/")) {
        let code: Vec<_> = file.text.lines().map(|line| line.split("--").next().unwrap_or_default()).collect();
        for statement in code.join("\n").split(';').map(str::trim) {
            let words: Vec<_> = statement.split_whitespace().collect();
            match words.as_slice() {
                ["create", "table", table, ..] => tables.entry((*table).to_owned()).or_default().extend(of_table(inside(statement))),
                ["create", "index", name, "on", table, ..] | ["create", "unique", "index", name, "on", table, ..] => {
                    let condition = statement.split_once(" where ").map(|(_, condition)| condition.trim().to_owned());
                    let index = Index { name: (*name).to_owned(), columns: split(inside(statement)), condition };
                    tables.entry((*table).to_owned()).or_default().push(index);
                }
                ["alter", "table", table, "rename", "column", old, "to", new] => {
                    let columns = tables.get_mut(*table).into_iter().flatten().flat_map(|index| &mut index.columns);
                    columns.filter(|column| column == old).for_each(|column| *column = (*new).to_owned());
                }
                ["drop", "index", name] => tables.values_mut().for_each(|indexes| indexes.retain(|index| index.name != *name)),
                _ => {}
            }
        }
    }
    assert!(tables.len() > 20, "the search found the tables");
    let mut found = Vec::new();
    for (table, indexes) in &tables {
        for (n, one) in indexes.iter().enumerate() {
            // Of two that are alike, one is named.
            let repeats = |(m, other): &(usize, &Index)| {
                // A partial index does not serve in the place of one with another condition.
                let serves = other.condition.is_none() || other.condition == one.condition;
                serves && *m != n && other.columns.starts_with(&one.columns) && (other.columns.len() > one.columns.len() || *m > n)
            };
            let longer = indexes.iter().enumerate().filter(repeats);
            found.extend(longer.map(|(_, other)| format!("{table}: {}, {}", one.name, other.name)));
        }
    }
    hold("No index repeats the beginning of another", found, OVERLAPPING);
}

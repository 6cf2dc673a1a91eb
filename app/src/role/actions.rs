//! The form actions of the role pages.

use super::{address, words};
use crate::act::act;
use crate::fault::Fault;
use leptos::prelude::*;
use market::error::Field;
use market::id::RoleId;
use market::{Error, role};

const TEAM: &str = "/team#roles";

/// Makes a role of the team's own.
#[server(prefix = "/_fn", endpoint = "team/roles")]
pub async fn create(name: String, #[server(default)] scopes: Vec<String>) -> Result<(), Fault> {
    let draft = role::Draft { name, scopes };
    act!(|tx, actor| role::create(tx, actor, &draft).await.map_err(beside_the_name), |made| {
        (TEAM.to_owned(), format!("The role {} is made: {}.", made.name, words::counted(&made.scopes)))
    })
}

/// Changes a role of the team's own.
#[server(prefix = "/_fn", endpoint = "team/roles/update")]
pub async fn update(role: String, name: String, #[server(default)] scopes: Vec<String>) -> Result<(), Fault> {
    let id = RoleId::from(role);
    let change = role::Change { name: Some(name), scopes: Some(scopes) };
    act!(|tx, actor| role::update(tx, actor, &id, &change).await.map_err(beside_the_name), |saved| {
        (address(&saved.id), format!("The role {} is saved: {}.", saved.name, words::counted(&saved.scopes)))
    })
}

/// Deletes a role of the team's own that nobody has.
#[server(prefix = "/_fn", endpoint = "team/roles/delete")]
pub async fn delete(role: String) -> Result<(), Fault> {
    let id = RoleId::from(role);
    act!(
        |tx, actor| {
            let role = role::show(tx, actor, &id).await?;
            role::delete(tx, actor, &id).await.map(|()| role.name)
        },
        |name| (TEAM.to_owned(), format!("The role {name} is deleted."))
    )
}

/// Shows the refusal of a name that another role has beside the field.
fn beside_the_name(error: Error) -> Error {
    if error.code != role::errors::role_exists().code {
        return error;
    }
    let field = Field { name: "name".into(), message: error.message.clone() };
    Error { fields: vec![field], ..error }
}

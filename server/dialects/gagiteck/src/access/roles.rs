//! Roles and the permissions that they are made of.

use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::path::Id;
use api::response::{ApiResult, created, no_content, ok};
use api::route::{Route, delete, get, patch, post};
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::Error;
use market::id::RoleId;
use market::role::{self, Change, Draft, Role};
use market::scope::PERMISSIONS;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/v1/access/permissions", permissions)
            .named("gagiteck_permissions")
            .says(
                "The permissions of roles",
                "Lists the permissions that roles can allow; `granted` tells which of them the caller has in the active team.",
            )
            .gives(200, json!(Permissions::granted_if(|scope| scope.ends_with(":read")))),
        get("/v1/access/roles", list)
            .named("gagiteck_roles")
            .says(
                "The team's roles",
                "Lists the four built-in roles, the one with the most permissions first, then the team's own by name.",
            )
            .gives(200, shown::<Roles>(samples::account::built_in_roles())),
        post("/v1/access/roles", create)
            .named("gagiteck_create_role")
            .says("Make a role", "Makes a role of the team's own. Its permissions must be among those of its maker.")
            .takes(json!({ "name": "Bookkeeper", "permissions": ["jobs:read", "wallet:read"] }))
            .gives(201, example())
            .refuses(role::errors::role_exists())
            .refuses(role::errors::too_many_roles())
            .refuses(role::errors::above_you("wallet:write")),
        get("/v1/access/roles/{id}", show)
            .named("gagiteck_role")
            .says("One role", "A built-in role, or one of the team's own.")
            .gives(200, example())
            .refuses(Error::not_found("role")),
        patch("/v1/access/roles/{id}", change)
            .named("gagiteck_change_role")
            .says(
                "Change a role of the team's own",
                "A field that is left out stays. The change applies at once to all members with the role.",
            )
            .takes(json!({ "permissions": ["jobs:read", "wallet:read"] }))
            .gives(200, example())
            .refuses(Error::not_found("role"))
            .refuses(role::errors::built_in_role())
            .refuses(role::errors::role_exists())
            .refuses(role::errors::above_you("wallet:write")),
        delete("/v1/access/roles/{id}", remove)
            .named("gagiteck_delete_role")
            .says("Delete a role of the team's own", "A role can be deleted while no member has it and no invitation offers it.")
            .gives(204, json!(null))
            .refuses(Error::not_found("role"))
            .refuses(role::errors::built_in_role())
            .refuses(role::errors::role_in_use())
            .refuses(role::errors::above_you("wallet:write")),
    ]
}

fn example() -> Value {
    shown::<RoleView>(samples::account::role())
}

/// A new role.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gagiteck::NewRole)]
#[serde(default)]
struct NewRole {
    /// The name, unique among the roles of the team
    #[schema(required, min_length = 1, max_length = 60)]
    name: String,
    /// The permissions that the role allows
    #[schema(required, schema_with = permission_words)]
    permissions: Vec<String>,
}

/// Changes to a role.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gagiteck::RoleChange)]
#[serde(default)]
struct RoleChange {
    #[schema(min_length = 1, max_length = 60)]
    name: Option<String>,
    /// The permissions that replace all earlier ones
    #[schema(schema_with = permission_words)]
    permissions: Option<Vec<String>>,
}

fn permission_words() -> utoipa::openapi::Array {
    utoipa::openapi::Array::new(enum_schema::role_scope())
}

/// A role.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::Role)]
struct RoleView {
    id: String,
    name: String,
    description: String,
    /// The permissions, such as `jobs:read`; `jobs:*` is reading and writing, `*` is everything
    permissions: Vec<String>,
    /// True for the roles that every team has and that never change
    built_in: bool,
    created_at: Option<Stamp>,
}

impl From<Role> for RoleView {
    fn from(role: Role) -> Self {
        let Role { id, name, about, scopes, built_in, created_at } = role;
        Self { id: id.0, name, description: about, permissions: scopes, built_in, created_at: created_at.map(Stamp::from) }
    }
}

/// All roles of a team.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::Roles)]
struct Roles {
    data: Vec<RoleView>,
    total: usize,
}

impl From<Vec<Role>> for Roles {
    fn from(roles: Vec<Role>) -> Self {
        Self { total: roles.len(), data: roles.into_iter().map(RoleView::from).collect() }
    }
}

/// A permission that roles can allow.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::Permission)]
struct Permission {
    id: &'static str,
    description: &'static str,
    /// True if the caller has this permission in the active team
    granted: bool,
}

/// All permissions that roles can allow.
#[derive(Serialize, ToSchema)]
#[schema(as = gagiteck::Permissions)]
struct Permissions {
    data: Vec<Permission>,
    total: usize,
}

impl Permissions {
    /// Lists all permissions, each granted if `may` says so.
    fn granted_if(may: impl Fn(&'static str) -> bool) -> Self {
        let data: Vec<_> = PERMISSIONS.iter().map(|&(id, description)| Permission { id, description, granted: may(id) }).collect();
        Self { total: data.len(), data }
    }
}

async fn permissions(call: Call) -> ApiResult<Permissions> {
    Ok(ok(Permissions::granted_if(|scope| call.actor.may(scope))))
}

async fn list(call: Call) -> ApiResult<Roles> {
    let mut conn = call.read().await?;
    Ok(ok(role::list(&mut conn, &call.actor).await?))
}

async fn show(call: Call, Id(id): Id<RoleId>) -> ApiResult<RoleView> {
    let mut conn = call.read().await?;
    Ok(ok(role::show(&mut conn, &call.actor, &id).await?))
}

async fn create(call: Call, Body(new): Body<NewRole>) -> ApiResult<RoleView> {
    let mut tx = call.begin().await?;
    let draft = Draft { name: new.name, scopes: new.permissions };
    let made = role::create(&mut tx, &call.actor, &draft).await.map_err(in_our_words)?;
    call.commit(tx, created(made)).await
}

async fn change(call: Call, Id(id): Id<RoleId>, Body(change): Body<RoleChange>) -> ApiResult<RoleView> {
    let mut tx = call.begin().await?;
    let change = Change { name: change.name, scopes: change.permissions };
    let changed = role::update(&mut tx, &call.actor, &id, &change).await.map_err(in_our_words)?;
    call.commit(tx, ok(changed)).await
}

async fn remove(call: Call, Id(id): Id<RoleId>) -> ApiResult<()> {
    let mut tx = call.begin().await?;
    role::delete(&mut tx, &call.actor, &id).await?;
    call.commit(tx, no_content()).await
}

/// The domain's scopes are this dialect's permissions.
fn in_our_words(mut error: Error) -> Error {
    for field in error.fields.iter_mut().filter(|field| field.name == "scopes") {
        field.name = "permissions".into();
    }
    error
}

//! Access control under `/v1/access`: roles, the team and its people, invitations, the audit log.

mod audit;
mod people;
mod roles;
mod teams;

use api::route::Route;

pub(super) fn routes() -> Vec<Route> {
    [roles::routes(), teams::routes(), people::routes(), audit::routes()].into_iter().flatten().collect()
}

//! The reads of deliverables by their own id.

use super::store;
use crate::job;
use identity::Actor;
use kernel::id::{DeliverableId, JobId};
use kernel::{Error, Result};
use platform::db::Conn;

/// Returns the job of a version of the work, for those who may read the work.
pub async fn find_job(conn: &mut Conn, actor: &Actor, id: &DeliverableId) -> Result<JobId> {
    actor.must_have("jobs:read")?;
    const NOUN: &str = "deliverable";
    let job = store::job_of(conn, id).await?.ok_or_else(|| Error::not_found(NOUN))?;
    let access = job::access_of(conn, Some(actor), &job).await.map_err(|error| error.not_found_as(NOUN))?;
    if access.may_read_work() { Ok(job) } else { Err(Error::not_found(NOUN)) }
}

//! Access to a job: what one viewer may do with it. A request works it out once and passes it to the reads.
//!
//! The job inside is handed out only with the reason for which it may be seen, so a read can't forget to ask.

use super::{Job, Role, Status, store};
use crate::dispute;
use identity::Actor;
use kernel::id::{ApplicationId, JobId, TeamId};
use kernel::{Error, Result};
use platform::db::Conn;
use serde::Deserialize;

/// A job and its viewer.
#[derive(Clone, Debug)]
pub struct Access<'v> {
    viewer: Option<&'v Actor>,
    job: Job,
    role: Role,
    standing: Standing,
    is_impartial: bool,
}

/// The facts that a viewer's role depends on.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Standing {
    /// The viewer's own application; the one to do the work, if there are two.
    pub(super) own_application_id: Option<ApplicationId>,
    /// The number of the viewer's applications that are pending or accepted.
    pub(super) own_applications: i64,
    /// The number of the viewer's seats, in any round, that were not freed.
    pub(super) own_seats: i64,
    /// 1 if the viewer's team agreed to the NDA.
    pub(super) agreed: i64,
}

/// Works out the access of an actor who may read jobs.
///
/// # Errors
/// `forbidden` without the scope; `not_found` as for [`access_of`].
pub async fn access<'v>(conn: &mut Conn, actor: &'v Actor, id: &JobId) -> Result<Access<'v>> {
    actor.must_have("jobs:read")?;
    access_of(conn, Some(actor), id).await
}

/// Works out the access of a viewer, who need not be signed in.
///
/// # Errors
/// `not_found` unless the viewer may know of the job: it is listed, or the viewer's team belongs to it, or the viewer is an admin.
pub async fn access_of<'v>(conn: &mut Conn, viewer: Option<&'v Actor>, id: &JobId) -> Result<Access<'v>> {
    let found = store::with_standing(conn, id, viewer.map_or("", |actor| actor.team.as_str())).await?;
    let (job, standing) = found.ok_or_else(no_such)?;
    let role = viewer.map_or(Role::Visitor, |actor| role_of(&job.team_id, job.worker_team_id.as_ref(), &standing, &actor.team));
    let is_impartial = match viewer {
        Some(actor) if dispute::is_admin(actor) => !dispute::has_stake(conn, actor, &job).await?,
        _ => false,
    };
    let access = Access { viewer, job, role, standing, is_impartial };
    if access.administered().is_none() {
        access.visible()?;
    }
    Ok(access)
}

/// Returns a job that the actor may know of.
pub(crate) async fn visible(conn: &mut Conn, actor: &Actor, id: &JobId) -> Result<Job> {
    let access = access_of(conn, Some(actor), id).await?;
    access.visible()?;
    Ok(access.job)
}

fn no_such() -> Error {
    Error::not_found("job")
}

/// Returns true if a viewer in this role may know of a job in this status. Those who were declined or withdrew know of it while everybody does.
pub(super) fn is_visible(role: Role, standing: &Standing, status: Status) -> bool {
    match role {
        Role::Poster | Role::Worker | Role::Proofer => true,
        Role::Applicant => standing.own_applications > 0 || status.is_listed(),
        Role::Visitor => status.is_listed(),
    }
}

/// Returns the role of a team towards a job with this poster and worker.
pub(super) fn role_of(poster: &TeamId, worker: Option<&TeamId>, standing: &Standing, team: &TeamId) -> Role {
    if poster == team {
        Role::Poster
    } else if worker == Some(team) {
        Role::Worker
    } else if standing.own_seats > 0 {
        Role::Proofer
    } else if standing.own_application_id.is_some() {
        Role::Applicant
    } else {
        Role::Visitor
    }
}

impl<'v> Access<'v> {
    /// Returns the viewer's role.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Returns the viewer; none if nobody is signed in.
    pub(crate) fn viewer(&self) -> Option<&'v Actor> {
        self.viewer
    }

    /// Returns the viewer, who may read jobs.
    ///
    /// # Errors
    /// `not_found` if nobody is signed in, `forbidden` without the scope.
    pub fn reader(&self) -> Result<&'v Actor> {
        let actor = self.viewer.ok_or_else(no_such)?;
        actor.must_have("jobs:read")?;
        Ok(actor)
    }

    /// Returns the job, if it is listed and not hidden, or the viewer's team belongs to it.
    pub(crate) fn visible(&self) -> Result<&Job> {
        let is_visible = is_visible(self.role, &self.standing, self.job.status) && !self.is_hidden();
        if is_visible { Ok(&self.job) } else { Err(no_such()) }
    }

    /// Returns true if an admin hid the job from the viewer. Its sides, its proofers and those who applied know of it, and so do admins. A
    /// job in review is shown to all who are signed in, because its proofers are found among them.
    fn is_hidden(&self) -> bool {
        let in_review = self.job.status == Status::PendingProof && self.viewer.is_some();
        let knows = match self.role {
            Role::Poster | Role::Worker | Role::Proofer => true,
            Role::Applicant => self.standing.own_applications > 0 || in_review,
            Role::Visitor => in_review,
        };
        self.job.hidden_at.is_some() && !knows && self.administered().is_none()
    }

    /// Returns the job, if the viewer's team posted it.
    pub fn posted(&self) -> Result<&Job> {
        if self.role == Role::Poster { Ok(&self.job) } else { Err(no_such()) }
    }

    /// Returns the job, if the viewer may rule on it: an admin without a stake in it, who reads what the sides can read.
    pub(crate) fn ruled(&self) -> Option<&Job> {
        self.impartial().filter(|job| job.disputed_at.is_some())
    }

    /// Returns true if the viewer may not know of the job but as an admin who rules on it: then its dispute's page has all there is to
    /// read.
    pub fn reads_case_alone(&self) -> bool {
        self.visible().is_err() && self.administered().is_some()
    }

    /// Returns the job, if the viewer is an admin who has no stake in it.
    pub(crate) fn impartial(&self) -> Option<&Job> {
        self.is_impartial.then_some(&self.job)
    }

    /// Returns the job, if the viewer is an admin.
    pub(crate) fn administered(&self) -> Option<&Job> {
        self.viewer.is_some_and(dispute::is_admin).then_some(&self.job)
    }

    /// Returns true if the viewer may read the brief: everybody, or if it is confidential the poster and teams that agreed to the NDA.
    pub(crate) fn may_read(&self) -> bool {
        !self.job.confidential || self.role == Role::Poster || self.standing.agreed > 0
    }

    /// Fails unless the viewer may read the brief.
    pub(crate) fn must_read(&self) -> Result<()> {
        if self.may_read() { Ok(()) } else { Err(crate::nda::errors::acknowledgment_required(&self.job.id)) }
    }

    /// Returns true if the viewer may read the work: the poster, the worker, and proofers with a seat.
    pub(crate) fn may_read_work(&self) -> bool {
        matches!(self.role, Role::Poster | Role::Worker | Role::Proofer)
    }

    /// Returns the viewer's own application.
    pub(super) fn own_application_id(&self) -> Option<&ApplicationId> {
        self.standing.own_application_id.as_ref()
    }
}

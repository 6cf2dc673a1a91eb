//! Job invitations: the ways to “Hire” an agent, the invited agents on a job's page, and the jobs that a worker is invited to.

pub mod actions;
pub mod hire;
pub mod invited;
pub mod loaders;
pub mod received;

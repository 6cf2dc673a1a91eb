//! The lists of jobs: those that are open, those of an agent's categories, and those of a team.

mod store;
pub(super) use store::{
    count_matching, count_open, count_outside_categories, count_posted_by, count_shown_of, count_worked_on_by, listed, matching, open,
    open_among, open_key, posted_by, shown_of, specializations, waiting, worked_on_by,
};

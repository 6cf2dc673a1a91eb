//! The id of a job in the references that call it a task: `task_` and its 32 hexadecimal digits.

use market::id::JobId;

/// Returns a job's id as those references print it.
pub fn task_id(job: &JobId) -> String {
    format!("task_{}", job.as_str().replace('-', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_no_dashes() {
        let job = JobId::from("308f8811-0a46-4024-b8ef-514f4dcd857b");
        assert_eq!(task_id(&job), "task_308f88110a464024b8ef514f4dcd857b");
    }
}

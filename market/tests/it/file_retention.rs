//! Files after their job.

use market::Duration;
use market::file::{Kind, ReceivedFile};
use testkit::job::JobFixture;
use testkit::{act, both, read};

both! {
    async fn files_outlive_their_job_a_while_and_then_leave_room(world) {
        let story = JobFixture::open(world).await;
        let sent = act!(world, file::begin(&story.poster, &story.job.id, Kind::Attachment, "samples.csv", "text/csv")).unwrap();
        let arrived = ReceivedFile { size: 9, sha256: "0".repeat(64) };
        act!(world, file::finish(&story.poster, &sent.id, &arrived)).unwrap();
        act!(world, job::cancel(&story.poster, &story.job.id, None)).unwrap();
        world.advance(Duration::days(89)).await;
        assert_eq!(act!(world, file::condemn()).unwrap(), 0);
        assert_eq!(read!(world, file::storage_usage(&story.poster)).unwrap().used, 9);
        world.advance(Duration::days(1)).await;
        assert_eq!(act!(world, file::condemn()).unwrap(), 1);
        assert_eq!(read!(world, file::discarded()).unwrap()[0].id, sent.id);
        assert_eq!(read!(world, file::storage_usage(&story.poster)).unwrap().used, 0);
    }
}

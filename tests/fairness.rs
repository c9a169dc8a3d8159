//! What keeps the game fair whatever admins and members do at the same instants: no question is open
//! twice, an answer counts once, nothing gives an open daily away, and boards are what answers make.

mod hall;

use chrono::Duration;
use greenroom::app::Action;
use greenroom::app::replies::Said;
use greenroom::bank::Bank;
use greenroom::model::{Member, ScheduleSettings, SpaceId, Timetable, UserId, Weekdays};
use greenroom::rules::timetable::parse_time;
use greenroom::time::Zone;
use hall::{Hall, Open, SCHEDULES, message, told, topic};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const MEMBERS: u64 = 4;

/// Members answer what is open, some type, some delete everything and try again.
async fn members_play(hall: &Hall, rng: &mut StdRng) {
    for of in hall.open() {
        for user in 100..100 + MEMBERS {
            let option = rng.random_range(0..3);
            if rng.random_bool(0.3) {
                let letter = ["A", "B", "C"][option].to_owned();
                let receipt = Action::DailyVerdict {
                    daily: of.daily,
                    version: of.version,
                };
                let said = Said {
                    channel: 7.into(),
                    text: letter,
                    reply_to: Some((message(), Some(receipt))),
                    names_bot: false,
                };
                let caller = hall.caller(user, false);
                hall.app.said(&caller, said).await.expect("no fault");
            } else {
                hall.press(user, &of, option).await;
            }
            if rng.random_bool(0.1) {
                hall.delete(user).await;
                let again = hall.press(user, &of, of.right).await;
                assert!(again.contains("before you deleted"), "{again}");
            }
        }
    }
}

async fn twenty_five_days(questions: usize) {
    let mut hall = Hall::with(questions).await;
    let mut rng = StdRng::seed_from_u64(questions as u64);
    for day in 0..25 {
        hall.clock.advance(Duration::days(1));
        let which = rng.random_range(0..questions);
        let (app, id) = (hall.app.clone(), &format!("q-{which}"));
        let queued =
            hall.together(async |admin, of| app.queue_question(&admin, id, Some(of)).await);
        let posted = hall.together(async |admin, of| told(app.post_now(&admin, Some(of)).await));
        let (_, posted) = tokio::join!(queued, posted);
        for told in posted {
            assert!(told.contains("on its way"), "day {day}: {told}");
        }
        hall.is_fair("claimed");
        hall.send().await;
        hall.is_fair("posted");
        members_play(&hall, &mut rng).await;
        hall.is_fair("answered");
        hall.together(async |admin, of| app.replace_daily(&admin, Some(of)).await)
            .await;
        hall.is_fair("replaced");
        members_play(&hall, &mut rng).await;
        hall.is_fair("answered again");
    }
    assert_eq!(hall.rows("SELECT id || '' FROM dailies").len(), 75);
    let posted = "(SELECT id FROM dailies WHERE state = 'posted')";
    let left = hall.rows(&format!(
        "SELECT hex(mark) FROM marks WHERE daily NOT IN {posted}"
    ));
    assert!(left.is_empty(), "kept only while open: {left:?}");
}

#[tokio::test]
async fn who_deletes_an_answer_cannot_give_another_until_the_daily_closes_or_asks_something_else() {
    let mut hall = Hall::with(20).await;
    hall.next_day().await;
    for of in hall.open() {
        hall.press(100, &of, (of.right + 1) % 3).await;
    }
    for _ in 0..2 {
        hall.delete(100).await;
        for of in hall.open() {
            let again = hall.press(100, &of, of.right).await;
            assert!(again.contains("before you deleted"), "{again}");
        }
    }
    let admin = hall.caller(1, true);
    hall.app
        .replace_daily(&admin, Some("one"))
        .await
        .expect("replaced");
    let of = hall.open().into_iter().find(|of| of.version > 0);
    let of = of.expect("it has another question");
    let fresh = hall.press(100, &of, (of.right + 1) % 3).await;
    assert!(
        !fresh.contains("deleted"),
        "nobody knows its answer: {fresh}"
    );
    hall.delete(100).await;
    let again = hall.press(100, &of, of.right).await;
    assert!(again.contains("before you deleted"), "{again}");

    assert_eq!(hall.rows("SELECT hex(mark) FROM marks").len(), 3);
    hall.next_day().await;
    assert!(hall.rows("SELECT hex(mark) FROM marks").is_empty());
    for of in hall.open() {
        let verdict = hall.press(100, &of, of.right).await;
        assert!(!verdict.contains("deleted"), "{verdict}");
    }
}

#[tokio::test]
async fn a_daily_never_comes_back_to_a_question_that_it_asked_before() {
    let mut hall = Hall::with(4).await;
    let set = "one";
    let admin = hall.caller(1, true);
    hall.app.post_now(&admin, Some(set)).await.expect("posted");
    hall.send().await;
    for _ in 0..3 {
        hall.app
            .replace_daily(&admin, Some(set))
            .await
            .expect("replaced");
    }
    let refused = told(hall.app.replace_daily(&admin, Some(set)).await);
    assert!(
        refused.contains("this daily has asked it before"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_daily_that_was_given_up_does_not_come_back_with_what_is_open_elsewhere_by_now() {
    let mut hall = Hall::with(1).await;
    let admin = hall.caller(1, true);
    for (name, expected) in [("one", "on its way"), ("two", "is open in another daily")] {
        let told = told(hall.app.post_now(&admin, Some(name)).await);
        assert!(told.contains(expected), "{told}");
    }
    let late = hall.app.to_post().await.expect("read").remove(0);
    hall.app.give_up(&late.daily).await.expect("given up");
    for (name, expected) in [("two", "on its way"), ("one", "is open in another daily")] {
        let told = told(hall.app.post_now(&admin, Some(name)).await);
        assert!(told.contains(expected), "{told}");
    }
    hall.send().await;
    hall.is_fair("posted");
}

/// Reads a bank in which the question of the only open daily has another id.
async fn rename_what_is_open(hall: &Hall, questions: usize) -> String {
    let id = hall
        .rows("SELECT question FROM dailies WHERE state = 'posted'")
        .remove(0);
    let bank = hall.folder.path().join("questions");
    let text = topic(questions).replace(&format!("\"{id}\""), "\"renamed\"");
    std::fs::write(bank.join("caching.toml"), text).expect("written");
    let bank = Bank::load(&bank).expect("it is valid");
    hall.app.reload(bank);
    id
}

#[tokio::test]
async fn a_question_that_is_renamed_while_it_is_open_is_withheld_and_not_asked_again() {
    let mut hall = Hall::with(2).await;
    let admin = hall.caller(1, true);
    hall.app
        .post_now(&admin, Some("one"))
        .await
        .expect("posted");
    hall.send().await;
    let ben = hall.caller(100, false);
    let old = rename_what_is_open(&hall, 2).await;
    for action in [
        Action::ShowAnswer("renamed".into()),
        Action::QuizMe("renamed".into()),
    ] {
        let refused = told(hall.app.press(&ben, action, message(), None).await);
        assert!(refused.contains("Answer the daily first"), "{refused}");
    }
    let quiz = told(hall.app.start_quiz(&ben, None, Some(2), None).await);
    let number = old.trim_start_matches("q-");
    assert!(!quiz.contains(&format!("Which is {number}?")), "{quiz}");
    let two = hall.app.post_now(&admin, Some("two")).await;
    two.expect("the other one");
    let renamed = hall.rows("SELECT question FROM dailies WHERE question = 'renamed'");
    assert!(renamed.is_empty(), "open twice, under two ids");

    let of = hall.open().remove(0);
    hall.press(100, &of, 0).await;
    let answer = Action::ShowAnswer("renamed".into());
    let shown = hall.app.press(&ben, answer, message(), None).await;
    shown.expect("with the verdict known");
}

#[tokio::test]
async fn an_open_daily_is_withheld_in_the_other_servers_of_who_takes_part() {
    let mut hall = Hall::with(1).await;
    let nine = parse_time("09:00").expect("a time");
    let timetable = Timetable::new(Zone::utc(), nine, Weekdays::EVERY_DAY);
    let settings = ScheduleSettings::new(99.into(), timetable);
    let set = hall
        .app
        .set(SpaceId::discord(2), "there".into(), settings, None);
    set.await.expect("set");
    hall.next_day().await;
    let member = Member {
        space: SpaceId::discord(2),
        user: UserId::discord(100),
    };
    let ben = hall.app.admit(member, false).expect("within the pace");
    let here = hall.open().remove(0);
    hall.press(100, &here, here.right).await;
    hall.next_day().await;

    // Both ask the only question there is. He takes part here, so neither gives the other away.
    let answer = Action::ShowAnswer("q-0".into());
    let refused = told(hall.app.press(&ben, answer.clone(), message(), None).await);
    assert!(refused.contains("Answer the daily first"), "{refused}");
    let open = hall.open();
    let (here, in_two) = (&open[0], &open[1]);
    let action = |of: &Open| Action::DailyAnswer {
        daily: of.daily,
        option: (of.right + 1) % 3,
        version: of.version,
    };
    let kept = told(hall.app.press(&ben, action(in_two), message(), None).await);
    assert!(
        kept.contains("asks the same") && !kept.contains("It is not."),
        "{kept}"
    );
    let refused = told(hall.app.press(&ben, answer.clone(), message(), None).await);
    assert!(refused.contains("Answer the daily first"), "{refused}");
    let verdict = hall.press(100, here, here.right).await;
    assert!(verdict.contains("It is not."), "{verdict}");
    let verdict = Action::DailyVerdict {
        daily: in_two.daily,
        version: in_two.version,
    };
    let verdict = told(hall.app.press(&ben, verdict, message(), None).await);
    assert!(verdict.contains("It is not."), "{verdict}");
    hall.app
        .press(&ben, answer, message(), None)
        .await
        .expect("he knows it now");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_question_is_open_twice_in_twenty_five_days_of_three_admins_and_six_questions() {
    twenty_five_days(6).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_question_is_open_twice_in_twenty_five_days_of_three_admins_and_sixty_questions() {
    twenty_five_days(60).await;
}

#[tokio::test]
async fn with_fewer_questions_than_dailies_the_next_one_is_refused_with_the_reason() {
    let mut hall = Hall::with(2).await;
    // One after the other: which of three at once is the third isn't known.
    let mut posted = Vec::new();
    for of in SCHEDULES {
        posted.push(told(
            hall.app.post_now(&hall.caller(1, true), Some(of)).await,
        ));
    }
    let (refused, posted) = posted.split_last().expect("three");
    assert!(
        posted.iter().all(|told| told.contains("on its way")),
        "{posted:?}"
    );
    assert!(
        refused.contains("Every question with a quiz is open in another daily"),
        "{refused}"
    );
    hall.send().await;
    hall.is_fair("posted");
    let open = hall.rows("SELECT question FROM dailies").remove(0);
    let admin = hall.caller(1, true);
    let queued = told(hall.app.queue_question(&admin, &open, Some("one")).await);
    assert!(
        queued.contains("waits until the open daily that asks it has closed"),
        "{queued}"
    );
    let skipped = told(
        hall.app
            .replace_daily(&hall.caller(1, true), Some("one"))
            .await,
    );
    assert!(skipped.contains("is open in another daily"), "{skipped}");
}

package dev.slope.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  @Test
  void readsDatesAndTimes() {
    // 2026-01-31 is day 20,484: 56 years of 365 days, 14 leap days, 30 days of January.
    long day = 20_484 * 86_400L;
    assertThat(TimeText.secondsOrNone("2026-01-31")).isEqualTo(day);
    assertThat(TimeText.secondsOrNone(" 2026-01-31 ")).isEqualTo(day);
    assertThat(TimeText.secondsOrNone("2026-01-31T01:02")).isEqualTo(day + 3_720);
    assertThat(TimeText.secondsOrNone("2026-01-31 01:02:03")).isEqualTo(day + 3_723);
    assertThat(TimeText.secondsOrNone("2026-01-31 01:02:03.999")).isEqualTo(day + 3_723);
    assertThat(TimeText.secondsOrNone("2026-01-31T01:02:03Z")).isEqualTo(day + 3_723);
    assertThat(TimeText.secondsOrNone("2026-01-31T01:02:03+01:00")).isEqualTo(day + 123);
    assertThat(TimeText.secondsOrNone("2026-01-31 01:02:03-0130")).isEqualTo(day + 9_123);
    assertThat(TimeText.secondsOrNone("2026-01-31 01:02:03+02")).isEqualTo(day - 3_477);
    assertThat(TimeText.secondsOrNone("1969-12-31T23:59:59")).isEqualTo(-1);
  }

  @Test
  void agreesWithTheJavaPlatform() {
    OffsetDateTime time = OffsetDateTime.of(1583, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    while (time.getYear() < 3_000) {
      String text = time.toLocalDateTime().withNano(5).toString();
      assertThat(TimeText.secondsOrNone(text)).isEqualTo(time.toEpochSecond());
      assertThat(TimeText.secondsOrNone(text + "-03:30"))
          .isEqualTo(LocalDateTime.parse(text).toEpochSecond(ZoneOffset.ofHoursMinutes(-3, -30)));
      time = time.plusSeconds(7_654_321);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30",
        "2026-13-01",
        "2026-1-31",
        "26-01-31",
        "31.01.2026",
        "2026-01-31x",
        "2026-01-31T",
        "2026-01-31T24:00",
        "2026-01-31T12:60",
        "2026-01-31T12:00:00.",
        "2026-01-31T12:00+19:00",
        "12:30",
        "20260131",
        "yesterday",
        "-",
        "infinity"
      })
  void anythingElseIsNone(String text) {
    assertThat(TimeText.secondsOrNone(text)).isEqualTo(TimeText.NONE);
  }
}

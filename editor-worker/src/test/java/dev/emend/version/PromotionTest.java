package dev.emend.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.emend.delta.ModelVersion;
import dev.emend.event.ModelHead;
import dev.emend.weights.Digest32;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PromotionTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Promotion AFTER_TEN =
      new Promotion(Promotion.Mode.AUTO, Duration.ofSeconds(10), 1);

  @Property(tries = 300)
  void shouldOnlyEverPromoteWhatHasSoakedLongEnoughAndNewestFirst(
      @ForAll List<@IntRange(max = 20) Integer> pauses,
      @ForAll @IntRange(max = 30) int soak,
      @ForAll @IntRange(max = 4) int windows,
      @ForAll @IntRange(max = 40) int later) {
    Promotion rule = new Promotion(Promotion.Mode.AUTO, Duration.ofSeconds(soak), windows);
    Aliases aliases = Aliases.at(version(0));
    Instant time = START;
    for (int i = 0; i < pauses.size(); i++) {
      time = time.plusSeconds(pauses.get(i));
      aliases = aliases.published(new VersionMark(version(i + 1), time));
    }
    Instant now = time.plusSeconds(later);

    Optional<VersionMark> due = rule.due(aliases, now);

    Optional<VersionMark> expected = Optional.empty();
    for (VersionMark mark : aliases.soaking()) {
      boolean longEnough = !mark.publishedAt().plusSeconds(soak).isAfter(now);
      if (longEnough && pauses.size() - mark.number() >= windows) {
        expected = Optional.of(mark);
      }
    }
    assertThat(due).isEqualTo(expected);
    if (due.isPresent()) {
      Aliases after = aliases.promoted(due.get().number());
      assertThat(after.live()).isEqualTo(due.get().version());
      assertThat(after.canary()).isEqualTo(aliases.canary());
      assertThat(after.lag()).isEqualTo(pauses.size() - (int) due.get().number());
    }
  }

  @Test
  void shouldBeLiveAtOnceWhereThereIsNoSoak() {
    VersionMark first = new VersionMark(version(1), START);

    Aliases atOnce = Promotion.AT_ONCE.published(Aliases.at(version(0)), first);
    Aliases soaking = AFTER_TEN.published(Aliases.at(version(0)), first);

    assertThat(atOnce.live()).isEqualTo(version(1));
    assertThat(soaking.live()).isEqualTo(version(0));
    assertThat(soaking.canary()).isEqualTo(version(1));
  }

  @Test
  void shouldWaitForAPersonHoweverLong() {
    Promotion manual = new Promotion(Promotion.Mode.MANUAL, Duration.ZERO, 0);
    Aliases aliases = manual.published(Aliases.at(version(0)), new VersionMark(version(1), START));

    assertThat(aliases.lag()).isOne();
    assertThat(manual.due(aliases, START.plus(Duration.ofDays(900)))).isEmpty();
  }

  @Test
  void shouldSoakAnewAfterASoakThatFailed() {
    Aliases aliases =
        Aliases.at(version(0))
            .published(new VersionMark(version(1), START))
            .published(new VersionMark(version(2), START))
            .held(new Hold("forgot", START.plusSeconds(30)));

    assertThat(AFTER_TEN.due(aliases, START.plusSeconds(39))).isEmpty();
    assertThat(AFTER_TEN.due(aliases, START.plusSeconds(40)).orElseThrow().number()).isOne();
    assertThat(aliases.promoted(1).hold()).isEmpty();
  }

  @Test
  void shouldRefuseGapsAndPromotionsOfWhatDoesNotSoak() {
    Aliases aliases = Aliases.at(version(3));

    assertThatThrownBy(() -> aliases.published(new VersionMark(version(5), START)))
        .hasMessageContaining("version 5 at place 0 behind 3");
    assertThatThrownBy(() -> aliases.promoted(4)).hasMessageContaining("does not soak");
  }

  @Test
  void shouldWriteDownOnlyWhatMovedAndWhy() {
    Aliases before = Aliases.at(version(0)).published(new VersionMark(version(1), START));
    Aliases held = before.held(new Hold("forgot", START));

    List<ModelHead> published =
        AliasRecords.moved("m", Aliases.at(version(0)), before, HeadCause.PUBLISHED, START);
    List<ModelHead> soaked =
        AliasRecords.moved("m", held, held.promoted(1), HeadCause.SOAKED, START);
    List<ModelHead> stays = AliasRecords.moved("m", before, held, HeadCause.HELD, START);

    assertThat(published).extracting(ModelHead::getAlias).containsExactly("canary");
    assertThat(soaked)
        .singleElement()
        .satisfies(head -> assertThat(head.getVersion()).isOne())
        .satisfies(head -> assertThat(head.getCause()).isEqualTo("SOAKED"))
        .satisfies(head -> assertThat(head.getHeld()).isNull());
    assertThat(stays)
        .singleElement()
        .satisfies(head -> assertThat(head.getVersion()).isZero())
        .satisfies(head -> assertThat(head.getHeld()).isEqualTo("forgot"));
  }

  private static ModelVersion version(long number) {
    Digest32 digest = Digest32.of(ByteBuffer.allocate(32).putLong(number).rewind());
    return new ModelVersion(number, digest, digest);
  }
}

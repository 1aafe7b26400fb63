package io.github.x402sessions.spring.answers;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.core.purchase.Purchase;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.core.purchase.StoredResponse;
import io.github.x402sessions.core.purchase.UnreadableAnswerException;
import io.github.x402sessions.fixtures.CapturedLog;
import io.github.x402sessions.spring.InvalidX402ConfigurationException;
import io.github.x402sessions.spring.answers.AnswerEntry.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is stored is readable where it belongs, with the key that it was written with, and
 * nowhere else.
 */
class AnswerFormatTests {

	private static final String KEY = key(1);

	private static final String REQUEST = "cd".repeat(32);

	private static final Purchase.Answered ANSWERED = new Purchase.Answered(REQUEST, "body",
			new StoredResponse(200, "text/plain", 5,
					List.of(new StoredResponse.Header("X-Secret", List.of("receipt"), true)),
					"goods".getBytes(StandardCharsets.UTF_8)),
			BigInteger.TEN);

	private final AnswerFormat plain = new AnswerFormat(AnswerSeal.of(null));

	private final AnswerFormat encrypted = new AnswerFormat(AnswerSeal.of(KEY));

	private static String key(int seed) {
		byte[] key = new byte[32];
		key[0] = (byte) seed;
		return Base64.getEncoder().encodeToString(key);
	}

	@Test
	void whatIsEncryptedShowsNothingAndIsNeverTheSame() {
		AnswerEntry entry = this.encrypted.write("k", ANSWERED);
		assertThat(text(entry)).doesNotContain("goods", "receipt", "X-Secret", "text/plain");
		assertThat(text(this.plain.write("k", ANSWERED))).contains("goods", "receipt");
		assertThat(this.encrypted.write("k", ANSWERED).details()).isNotEqualTo(entry.details());
		assertThat(this.encrypted.read("k", entry)).usingRecursiveComparison().isEqualTo(ANSWERED);
		assertThat(entry).asString().doesNotContain("goods");
	}

	private static String text(AnswerEntry entry) {
		return new String(entry.details(), StandardCharsets.ISO_8859_1);
	}

	@Test
	void itBelongsToOneIdentifierOneRequestAndOneState() {
		AnswerEntry entry = this.encrypted.write("k", ANSWERED);
		refused(this.encrypted, "l", entry);
		refused(this.encrypted, "k", new AnswerEntry(State.ANSWERED, "other", entry.details()));
		refused(this.encrypted, "k", new AnswerEntry(State.OWED, REQUEST, entry.details()));
		refused(this.encrypted, "k", new AnswerEntry(State.SPENT, REQUEST, entry.details()));
	}

	@Test
	void anotherKeyOrNoneReadsNothing() {
		AnswerEntry entry = this.encrypted.write("k", ANSWERED);
		refused(new AnswerFormat(AnswerSeal.of(key(2))), "k", entry);
		refused(this.plain, "k", entry);
		refused(this.encrypted, "k", this.plain.write("k", ANSWERED));
	}

	@Test
	void whatWasChangedIsRefused() {
		AnswerEntry entry = this.encrypted.write("k", ANSWERED);
		for (int i = 0; i < entry.details().length; i++) {
			byte[] changed = entry.details().clone();
			changed[i] ^= 1;
			refused(this.encrypted, "k", new AnswerEntry(State.ANSWERED, REQUEST, changed));
		}
		for (AnswerFormat format : List.of(this.plain, this.encrypted)) {
			byte[] whole = format.write("k", ANSWERED).details();
			for (int length = 0; length < whole.length; length++) {
				refused(format, "k", new AnswerEntry(State.ANSWERED, REQUEST, Arrays.copyOf(whole, length)));
			}
		}
	}

	private static void refused(AnswerFormat format, String key, AnswerEntry entry) {
		assertThatExceptionOfType(UnreadableAnswerException.class).isThrownBy(() -> format.read(key, entry))
			.withMessageNotContaining("goods");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "secret", "c2VjcmV0", "AAAAAAAAAAAAAAAAAAAAAA==", "not base64 at all!" })
	void aKeyThatIsNoneIsNamedAndNotShown(String key) {
		assertThatExceptionOfType(InvalidX402ConfigurationException.class).isThrownBy(() -> AnswerSeal.of(key))
			.withMessage("x402.answers.encryption-key: is not 32 bytes in base64");
	}

	@Test
	void aStoreWithAnotherKeyGivesNoContent() {
		try (AnswerPlace place = AnswerPlace.of(AnswerPlace.Kind.SQLITE);
				CapturedLog log = CapturedLog.of(SharedResponseStore.class, Level.INFO)) {
			Duration lease = Duration.ofSeconds(30);
			Duration retention = Duration.ofMinutes(10);
			AnswerBackend backend = place.backend(lease, retention);
			ResponseStore one = place.instance(backend, lease, retention, AnswerSeal.of(KEY));
			ResponseStore two = place.instance(backend, lease, retention, AnswerSeal.of(key(2)));
			ResponseStoreTests.won(one.claim("k", REQUEST)).lease().conclude(ANSWERED);
			for (ResponseStore store : List.of(two, ResponseStore.forgetful(two))) {
				assertThatExceptionOfType(UnreadableAnswerException.class).isThrownBy(() -> store.claim("k", REQUEST));
			}
			assertThat(log.messages()).anyMatch((line) -> line.contains("x402.answers.encryption-key"))
				.noneMatch((line) -> line.contains(REQUEST));
			assertThat(ResponseStoreTests.lost(one.claim("k", REQUEST))).isInstanceOf(Purchase.Answered.class);
		}
	}

}

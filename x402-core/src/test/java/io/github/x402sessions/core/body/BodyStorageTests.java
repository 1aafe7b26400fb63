package io.github.x402sessions.core.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import io.github.x402sessions.core.body.RefusedBodyException.Reason;
import io.github.x402sessions.core.scheme.SignedCall;
import io.github.x402sessions.core.scheme.session.BodyHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link BodyStorage}.
 */
class BodyStorageTests {

	private static final int LIMIT = 200_000;

	private final ByteBudget memory = new ByteBudget(100_000);

	private final ByteBudget files = new ByteBudget(300_000);

	private final BodyStorage storage = new BodyStorage(LIMIT, Duration.ofMinutes(1), this.memory, this.files);

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 65_535, 65_536, 65_537, LIMIT })
	void whatWasReceivedCanBeReadFromAnyPlace(int length) throws Exception {
		byte[] body = body(length);
		try (StoredBody stored = this.storage.receive(new ByteArrayInputStream(body), -1)) {
			assertThat(stored.length()).isEqualTo(length);
			assertThat(stored.isOf(new SignedCall("POST", "", BodyHash.of(body)))).isTrue();
			assertThat(stored.open().readAllBytes()).isEqualTo(body);
			assertThat(stored.open().readAllBytes()).isEqualTo(body);
			int half = length / 2;
			assertThat(stored.open(half, length - half).readNBytes(7)).startsWith(stored.open(half, 1).readAllBytes());
		}
		assertNothingIsTaken();
	}

	/** Nobody finds it, and it is gone however the process ends. */
	@Test
	void aFileHasNoName() throws Exception {
		long before = bodyFiles();
		try (StoredBody stored = this.storage.receive(new ByteArrayInputStream(body(LIMIT)), LIMIT)) {
			assertThat(stored.length()).isGreaterThan(this.memory.left());
			assertThat(this.files.left()).isLessThan(300_000);
			assertThat(bodyFiles()).isEqualTo(before);
		}
	}

	@Test
	void whatIsTooLongIsLetGo() throws Exception {
		assertRefused(Reason.TOO_LARGE, new ByteArrayInputStream(body(LIMIT + 1)), -1);
		assertRefused(Reason.TOO_LARGE, InputStream.nullInputStream(), LIMIT + 1);
	}

	@Test
	void strangersDoNotFillTheDisk() throws Exception {
		try (StoredBody first = this.storage.receive(new ByteArrayInputStream(body(LIMIT)), -1);
				StoredBody second = this.storage.receive(new ByteArrayInputStream(body(150_000)), -1)) {
			assertThat(first.length() + second.length()).isEqualTo(350_000);
			long left = this.files.left();
			assertThatExceptionOfType(RefusedBodyException.class)
				.isThrownBy(() -> this.storage.receive(new ByteArrayInputStream(body(LIMIT)), -1))
				.extracting(RefusedBodyException::reason)
				.isEqualTo(Reason.CROWDED);
			assertThat(this.files.left()).isEqualTo(left);
		}
		assertNothingIsTaken();
	}

	/** A client that drips is not waited for. */
	@Test
	void aBodyHasItsTime() throws Exception {
		BodyStorage hasty = new BodyStorage(LIMIT, Duration.ofNanos(1), this.memory, this.files);
		InputStream dripping = new ByteArrayInputStream(body(10)) {

			@Override
			public synchronized int read(byte[] target, int offset, int length) {
				return super.read(target, offset, 1);
			}

		};
		assertThatExceptionOfType(RefusedBodyException.class).isThrownBy(() -> hasty.receive(dripping, -1))
			.extracting(RefusedBodyException::reason)
			.isEqualTo(Reason.TOO_SLOW);
		assertNothingIsTaken();
	}

	@Test
	void aClientThatGoesLeavesNothing() {
		InputStream broken = new ByteArrayInputStream(body(100_000)) {

			@Override
			public synchronized int read(byte[] target, int offset, int length) {
				int read = super.read(target, offset, length);
				if (read < 0) {
					throw new IllegalStateException("gone");
				}
				return read;
			}

		};
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.storage.receive(broken, -1));
		assertNothingIsTaken();
	}

	@Test
	void nobodyReadsItAfterItsEnd() throws Exception {
		StoredBody stored = this.storage.receive(new ByteArrayInputStream(body(LIMIT)), -1);
		stored.close();
		stored.close();
		assertNothingIsTaken();
		assertThatIOException().isThrownBy(() -> stored.open().readAllBytes());
	}

	private void assertRefused(Reason reason, InputStream body, long declared) {
		assertThatExceptionOfType(RefusedBodyException.class).isThrownBy(() -> this.storage.receive(body, declared))
			.withMessageContaining(Integer.toString(LIMIT))
			.extracting(RefusedBodyException::reason)
			.isEqualTo(reason);
		assertNothingIsTaken();
	}

	private void assertNothingIsTaken() {
		assertThat(this.memory.left()).isEqualTo(100_000);
		assertThat(this.files.left()).isEqualTo(300_000);
	}

	private static byte[] body(int length) {
		byte[] body = new byte[length];
		for (int i = 0; i < length; i++) {
			body[i] = (byte) (i * 31);
		}
		return body;
	}

	private static long bodyFiles() throws IOException {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter((file) -> file.getFileName().toString().startsWith("x402-body-")).count();
		}
	}

}

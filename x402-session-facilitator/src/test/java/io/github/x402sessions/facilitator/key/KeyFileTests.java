package io.github.x402sessions.facilitator.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import ch.qos.logback.classic.Level;
import io.github.x402sessions.fixtures.CapturedLog;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.stellar.account.AccountKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Secret managers replace files, and people edit them: whatever is not right changes
 * nothing.
 */
class KeyFileTests {

	@TempDir
	private Path directory;

	private final String first = AccountKey.randomSecret();

	private final String second = AccountKey.randomSecret();

	private Path file;

	@BeforeEach
	void write() throws IOException {
		this.file = this.directory.resolve("spender");
		Files.writeString(this.file, this.first + "\n");
	}

	@Test
	void fileThatIsReplacedIsReadAgainAndTheFormerKeyIsKept() throws IOException {
		try (KeyFile keys = KeyFile.open(this.file)) {
			assertThat(keys.addresses()).containsExactly(address(this.first));
			replace("# the next one\n\n " + this.second + " \r\n");
			Eventually.isTrue(() -> keys.address().equals(address(this.second)));
			assertThat(keys.addresses()).containsExactly(address(this.second), address(this.first));
			replace(this.first + "\n" + this.second);
			Eventually.isTrue(() -> keys.address().equals(address(this.first)));
			assertThat(keys.problem()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n\n", "# nothing yet", "HALF", "NEW\nHALF", "NEW and more", "{\"seed\": \"NEW\"}" })
	void whatIsNoSeedChangesNothingAndIsSaidWithoutIt(String content) throws IOException {
		try (KeyFile keys = KeyFile.open(this.file); CapturedLog log = CapturedLog.of(KeyFile.class, Level.ERROR)) {
			replace(content.replace("NEW", this.second).replace("HALF", this.second.substring(0, 30)));
			keys.look();
			keys.look();
			assertThat(keys.addresses()).containsExactly(address(this.first));
			assertThat(keys.problem()).isPresent();
			assertThat(log.messages()).hasSize(1)
				.noneMatch((line) -> line.contains(this.second.substring(0, 30)) || line.contains(this.first));
			replace(this.second);
			keys.look();
			assertThat(keys.address()).isEqualTo(address(this.second));
			assertThat(keys.problem()).isEmpty();
		}
	}

	@Test
	void fileThatIsGoneOrTooLongChangesNothing() throws IOException {
		try (KeyFile keys = KeyFile.open(this.file)) {
			Files.delete(this.file);
			keys.look();
			assertThat(keys.problem()).get().asString().contains("cannot be read");
			replace((this.second + "\n").repeat(1_000));
			keys.look();
			assertThat(keys.problem()).get().asString().contains("longer");
			assertThat(keys.addresses()).containsExactly(address(this.first));
			assertThat(keys.toString()).doesNotContain(this.first);
		}
	}

	@Test
	void fileIsRightAtTheStart() throws IOException {
		replace("S");
		assertThatIllegalArgumentException().isThrownBy(() -> KeyFile.open(this.file));
	}

	private void replace(String content) throws IOException {
		Path next = this.directory.resolve("next");
		Files.writeString(next, content);
		Files.move(next, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private static String address(String secret) {
		return AccountKey.of(secret).address();
	}

}

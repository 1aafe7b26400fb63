package io.github.x402sessions.samples.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.core.offer.OfferKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Commands} that need no session.
 */
class CommandsTests {

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@Test
	void keygenPrintsAKeyAndNothingElseWhereShellsReadIt() {
		assertThat(run("keygen")).isZero();
		String account = SessionSigner.ofSecret(this.out.toString().strip()).accountId();
		assertThat(this.err.toString()).contains("account   " + account, "XLM", "trustline")
			.doesNotContain(this.out.toString().strip());
	}

	@Test
	void aSellersKeyIsPrintedAlone() {
		assertThat(run("signing", "keygen")).isZero();
		OfferKey key = OfferKey.ofSecret(this.out.toString().strip());
		assertThat(this.err.toString()).contains("public    " + key.publicKey()).doesNotContain(key.toSecret());
		assertThat(run("signing")).isEqualTo(2);
		assertThat(run("receipts", "verify", "/there/is/none")).isEqualTo(2);
	}

	@Test
	void shellsCompleteCommandsAndOptions(@TempDir Path directory) throws IOException, InterruptedException {
		assertThat(run("completion")).isZero();
		Path script = Files.writeString(directory.resolve("completion"), this.out.toString());
		assertThat(completions(script, "session-agent", "cl")).containsExactly("close");
		assertThat(completions(script, "session-agent", "pay", "--keep")).containsExactly("--keep-going");
		assertThat(completions(script, "session-agent", "keyg")).containsExactly("keygen");
		assertThat(completions(script, "session-agent", "mcp", "--al")).containsExactly("--allow");
		assertThat(completions(script, "session-agent", "tools", "--com")).containsExactly("--command");
	}

	@ParameterizedTest
	@ValueSource(strings = { "find", "open", "pay", "status", "close", "research", "keygen", "signing", "receipts",
			"completion", "mcp", "tools", "doctor" })
	void everyCommandExplainsItself(String command) {
		assertThat(run(command, "--help")).isZero();
		assertThat(this.out.toString()).contains("Usage: session-agent " + command);
	}

	private static Iterable<String> completions(Path script, String... words) throws IOException, InterruptedException {
		String ask = "source " + script + "; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
				+ (words.length - 1) + "; _complete_session-agent; printf '%s\\n' \"${COMPREPLY[@]}\"";
		Process shell = new ProcessBuilder("bash", "-c", ask).start();
		String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		shell.waitFor();
		return answer.lines().map(String::strip).toList();
	}

	private int run(String... args) {
		return Commands.of(args)
			.setOut(new PrintWriter(this.out))
			.setErr(new PrintWriter(this.err))
			.execute(Commands.options(args));
	}

}

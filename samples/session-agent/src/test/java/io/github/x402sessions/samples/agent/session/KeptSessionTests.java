package io.github.x402sessions.samples.agent.session;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.x402sessions.client.signing.SessionSigner;
import io.github.x402sessions.devnet.StellarDevnet;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.samples.agent.AgentCommand;
import io.github.x402sessions.samples.agent.Commands;
import io.github.x402sessions.samples.agent.FakeShop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the commands that keep a session in a file.
 */
class KeptSessionTests {

	private static final String KEY = "SAAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQCAIBAEAQC5MY";

	private static StellarDevnet devnet;

	private final FakeShop shop = new FakeShop();

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@TempDir
	private Path directory;

	private Path file;

	@BeforeAll
	static void start() throws IOException {
		devnet = StellarDevnet.builder().port(0).ledgerInterval(Duration.ofMillis(200)).start();
		String payer = SessionSigner.ofSecret(KEY).accountId();
		devnet.fund(payer);
		devnet.faucet(payer, BigDecimal.TEN);
	}

	@AfterAll
	static void stop() {
		devnet.close();
	}

	@BeforeEach
	void place() {
		this.file = this.directory.resolve("session.json");
	}

	@AfterEach
	void stopShop() {
		this.shop.close();
	}

	@Test
	void sessionIsOpenedPaidWithAskedForAndClosed() throws IOException {
		this.shop.selling(2);
		assertThat(open("--json")).isZero();
		assertThat(this.out.toString()).contains("\"status\":\"active\"", "\"cap\":\"1\"", "\"remaining\":\"1\"");
		assertThat(this.err.toString()).contains("kept in   " + this.file);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.file))).isEqualTo("rw-------");
		assertThat(run("pay", "--url", this.shop.url(), "--calls", "2", "--prepay")).isZero();
		assertThat(this.out.toString()).contains("call 2/2  200 paid 0.01 USDC by hash1");
		assertThat(run("status")).isZero();
		assertThat(this.out.toString())
			.contains("active: cap 0.05 USDC, spent 0.02 USDC, 0.03 USDC left, until ledger 9");
		assertThat(run("close", "--secret", KEY, "--rpc", devnet.rpcUri().toString())).isZero();
		assertThat(this.file).doesNotExist();
		assertThat(this.out + " " + this.err).doesNotContain(FakeShop.ID).doesNotContain(KEY);
	}

	@Test
	void keyOfASessionIsKeptWithItAndSignsWhatIsPaid() throws IOException {
		this.shop.takingKeys().selling(1);
		assertThat(open("--json")).isZero();
		assertThat(this.err.toString()).contains("key       signs each payment for its call");
		assertThat(this.out.toString()).contains("\"sessionKey\":\"" + this.shop.keys().get(0) + "\"");
		assertThat(run("pay", "--url", this.shop.url(), "--calls", "1")).isZero();
		assertThat(this.shop.payloads()).singleElement()
			.satisfies((payload) -> assertThat(payload.signature()).isNotNull());
		assertThat(run("status")).isZero();
		assertThat(this.out.toString()).contains("until ledger 9, with a key");
		assertThat(this.out + " " + this.err).doesNotContain(secretKey());
	}

	@Test
	void keyOfAnOpeningThatStoppedIsTheOneItGoesOnWith() throws IOException {
		this.shop.takingKeys().refusing("/sessions");
		assertThat(open()).isEqualTo(3);
		assertThat(this.out + " " + this.err).doesNotContain(secretKey());
		this.shop.takingKeys().registeringAgain();
		assertThat(open()).isZero();
		assertThat(this.shop.keys()).hasSizeGreaterThan(1);
		assertThat(this.shop.keys().stream().distinct()).hasSize(1);
		assertThat(run("status")).isZero();
		assertThat(this.out.toString()).contains("with a key");
	}

	@Test
	void paymentIsSignedForAServerOfAnotherNameOnlyOnTheUsersWord() {
		this.shop.takingKeys("https://shop.example/quote").selling(1);
		open();
		assertThat(run("pay", "--url", this.shop.url(), "--calls", "1")).isEqualTo(1);
		assertThat(this.out.toString()).contains("not paid: declined because of resource origin");
		assertThat(run("pay", "--url", this.shop.url(), "--calls", "1", "--public-origin", "https://shop.example"))
			.isZero();
		assertThat(run("pay", "--url", this.shop.url(), "--public-origin", "shop")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--public-origin: 'shop' is not an absolute http or https URL");
	}

	@Test
	void keyCanBeDoneWithout() {
		this.shop.takingKeys().selling(1);
		this.shop.registeringAfter(Duration.ZERO);
		assertThat(open("--no-session-key")).isZero();
		assertThat(this.out.toString()).contains("key       none: who sees a payment can use the session",
				"without a key");
		assertThat(this.shop.keys()).containsExactly("null");
	}

	private String secretKey() throws IOException {
		Matcher secret = Pattern.compile("\"secretSessionKey\":\"([^\"]+)\"").matcher(Files.readString(this.file));
		assertThat(secret.find()).isTrue();
		return secret.group(1);
	}

	@Test
	void whatOpenMakesCloseCanClose() {
		assertThat(run("open", "--url", this.shop.url(), "--rpc", devnet.rpcUri().toString())).isZero();
		assertThat(this.out.toString()).contains("with the key of the account: 'close' needs no other");
		assertThat(run("close", "--rpc", devnet.rpcUri().toString())).isZero();
		assertThat(this.file).doesNotExist();
		assertThat(this.out + " " + this.err).doesNotContainPattern("(?<![A-Z0-9])S[A-Z2-7]{55}");
	}

	@Test
	void fileIsNeverOverwrittenAndLeftBehindOnlyWithASession() throws IOException {
		assertThat(run("open", "--url", this.shop.url(), "--rpc", devnet.rpcUri().toString(), "--secret",
				new String(KeyPair.random().getSecretSeed())))
			.isEqualTo(3);
		assertThat(this.err.toString()).contains("nothing was signed");
		assertThat(this.directory).isEmptyDirectory();
		Files.writeString(this.file, "precious");
		assertThat(open()).isEqualTo(2);
		assertThat(this.file).hasContent("precious");
		Files.delete(this.file);
		open();
		assertThat(open()).isEqualTo(2);
		assertThat(this.err.toString()).contains("--session: there is a session in it already");
		assertThat(this.directory.toFile().list()).containsExactly("session.json");
	}

	@Test
	void openingThatWasNotRegisteredGoesOnWhereItStopped() throws IOException {
		this.shop.refusing("/sessions");
		assertThat(run("open", "--url", this.shop.url(), "--rpc", devnet.rpcUri().toString())).isEqualTo(3);
		assertThat(this.err.toString()).contains("took effect but was not registered",
				"run the same command again to go on");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.file))).isEqualTo("rw-------");
		assertThat(run("status")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--session: was not opened to its end: run the open command again");
		this.shop.registeringAfter(Duration.ZERO);
		assertThat(run("open", "--url", this.shop.url(), "--rpc", devnet.rpcUri().toString())).isZero();
		assertThat(this.out.toString()).containsOnlyOnce("account   G").contains("resuming  the session");
		assertThat(run("status")).isZero();
		assertThat(run("close", "--rpc", devnet.rpcUri().toString())).isZero();
	}

	@Test
	void openingWhoseFacilitatorIsDownIsNotGivenUp() {
		this.shop.refusing("/sessions");
		assertThat(run("open", "--url", this.shop.url(), "--rpc", devnet.rpcUri().toString())).isEqualTo(3);
		this.shop.refusing("/supported");
		assertThat(run("open", "--url", this.shop.url())).isEqualTo(3);
		assertThat(this.file).content().contains("approvalTransaction", "secretKey");
		assertThat(this.err.toString()).contains("it is unknown whether the approval");
	}

	@Test
	void openingThatFailsLeavesTheFileOfAnotherAlone() {
		this.shop.whenPriced(() -> Files.writeString(this.file, "the winner's"));
		assertThat(run("open", "--url", this.shop.url(), "--rpc", devnet.rpcUri().toString(), "--secret",
				new String(KeyPair.random().getSecretSeed())))
			.isEqualTo(3);
		assertThat(this.file).hasContent("the winner's");
	}

	@Test
	void keyThatIsOfNoUseAnyMoreIsDeletedWithAWord() {
		assertThat(run("open", "--url", this.shop.url(), "--rpc", this.shop.refusingSendsTo(devnet.rpcUri())))
			.isEqualTo(3);
		assertThat(this.err.toString()).contains("txINSUFFICIENT_BALANCE");
		assertThat(this.file).doesNotExist();
		assertThat(this.out.toString()).contains("deleted   " + this.file + ", with the key of the account");
	}

	@Test
	void openingThatWasKilledGoesOnWhereItStopped() throws IOException, InterruptedException {
		this.shop.registeringAfter(Duration.ofMinutes(1));
		Process open = process("open", "--url", this.shop.url(), "--rpc", devnet.rpcUri().toString(), "--session",
				this.file.toString());
		this.shop.awaitRequest("/sessions");
		open.destroyForcibly().waitFor();
		assertThat(this.file).isNotEmptyFile();
		this.shop.registeringAfter(Duration.ZERO);
		assertThat(run("open", "--url", this.shop.url())).isZero();
		assertThat(this.out.toString()).contains("resuming  the session", "active: cap 1 USDC,");
		assertThat(run("close", "--rpc", devnet.rpcUri().toString())).isZero();
	}

	@Test
	void openingThatIsInterruptedSaysHowToGoOn() throws IOException, InterruptedException {
		this.shop.registeringAfter(Duration.ofMinutes(1));
		Process open = process("open", "--url", this.shop.url(), "--rpc", devnet.rpcUri().toString(), "--session",
				this.file.toString());
		this.shop.awaitRequest("/sessions");
		interrupt(open);
		assertThat(output(open)).contains("interrupted: an approval was sent, no call was charged",
				"run the same command again to go on");
	}

	@Test
	void callsThatAreInterruptedSayWhatMayHaveBeenCharged() throws IOException, InterruptedException {
		this.shop.selling(1).hangingAfter(1);
		open();
		Process pay = process("pay", "--url", this.shop.url(), "--calls", "9", "--session", this.file.toString());
		this.shop.awaitPayments(2);
		interrupt(pay);
		assertThat(output(pay)).contains("call 1/9  200 paid 0.01 USDC by hash0",
				"interrupted: paid 1 of 1 calls, 0.01 USDC by their receipts; call 2 was under way and may have been "
						+ "charged 0.01 USDC more");
	}

	@Test
	void sessionThatIsSpentOrUnknownIsToldByTheExitCode() {
		this.shop.selling(0);
		open();
		assertThat(run("pay", "--url", this.shop.url(), "--calls", "1")).isEqualTo(1);
		this.shop.refusing("/sessions/" + FakeShop.ID);
		assertThat(run("status")).isEqualTo(3);
		assertThat(this.out + " " + this.err).doesNotContain(FakeShop.ID);
	}

	@Test
	void keyOfAnotherAccountClosesNothing() {
		open();
		assertThat(this.out.toString()).contains("; 'close' needs the account's key again");
		assertThat(run("close")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--secret: is needed: the file does not hold the key");
		assertThat(run("close", "--secret", "SBFZGCPF6GCL5Z6PDPQZ2YLZ5S6Z6VGC3F4CXQTBMEWHXQ4TV2ZTR3IC")).isEqualTo(2);
		assertThat(this.file).exists();
	}

	@Test
	void serverThatWantsTheMoneyElsewhereIsNotPaid() {
		open();
		try (FakeShop other = new FakeShop()) {
			assertThat(run("pay", "--url", other.url())).isEqualTo(2);
			assertThat(this.err.toString()).contains("--url: the server wants the money to go to");
			assertThat(other.payments()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "no json", "{\"secretSessionId\":\"x\"}" })
	void fileWithoutASessionIsTold(String content) throws IOException {
		assertThat(run("status")).isEqualTo(2);
		Files.writeString(this.file, content);
		assertThat(run("status")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--session: there is no file", "--session: holds no session");
	}

	/** Another process, as a user starts it. */
	private static Process process(String... args) throws IOException {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
				"-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), AgentCommand.class.getName()));
		command.addAll(List.of(args));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	/**
	 * By SIGTERM, which ends a JVM as Ctrl-C does: a SIGINT is ignored by all that a
	 * shell runs in the background, a build too.
	 */
	private static void interrupt(Process process) throws InterruptedException {
		process.toHandle().destroy();
		assertThat(process.waitFor(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	private static String output(Process process) throws IOException {
		return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	private int open(String... more) {
		String[] options = { "open", "--url", this.shop.url(), "--rpc", devnet.rpcUri().toString(), "--secret", KEY };
		String[] all = new String[options.length + more.length];
		System.arraycopy(options, 0, all, 0, options.length);
		System.arraycopy(more, 0, all, options.length, more.length);
		return run(all);
	}

	private int run(String... args) {
		String[] all = new String[args.length + 2];
		System.arraycopy(args, 0, all, 0, args.length);
		all[args.length] = "--session";
		all[args.length + 1] = this.file.toString();
		return Commands.of(all)
			.setOut(new PrintWriter(this.out))
			.setErr(new PrintWriter(this.err))
			.execute(Commands.options(all));
	}

}

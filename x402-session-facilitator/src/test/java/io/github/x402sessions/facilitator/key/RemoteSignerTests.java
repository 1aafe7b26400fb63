package io.github.x402sessions.facilitator.key;

import java.net.URI;
import java.time.Duration;

import io.github.x402sessions.facilitator.SigningService;
import io.github.x402sessions.facilitator.SigningService.Answer;
import io.github.x402sessions.stellar.account.AccountKey;
import io.github.x402sessions.stellar.account.SigningException;
import io.github.x402sessions.stellar.account.SigningPurpose;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A signature of somebody else's counts only if the key has made it.
 */
class RemoteSignerTests {

	private static final byte[] HASH = new byte[32];

	private static final AccountKey KEY = AccountKey.random();

	private static SigningService service;

	@BeforeAll
	static void start() {
		service = SigningService.start(KEY);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void whoeverShowsItsCertificateGetsASignature() throws Exception {
		service.answer = Answer.SIGNATURE;
		RemoteSigner signer = signer("client", Duration.ofSeconds(30));
		byte[] signature = signer.sign(HASH, SigningPurpose.TRANSFER);
		assertThat(AccountKey.isSignedBy(KEY.address(), HASH, signature)).isTrue();
		assertThat(signer).hasToString("RemoteSigner[" + KEY.address() + "]");
	}

	@Test
	void whoeverShowsNoneThatIsKnownDoesNot() throws Exception {
		service.answer = Answer.SIGNATURE;
		RemoteSigner stranger = signer("stranger", Duration.ofSeconds(30));
		assertThatExceptionOfType(SigningException.class)
			.isThrownBy(() -> stranger.sign(HASH, SigningPurpose.TRANSFER));
		stranger.use(service.tls("client", "server"));
		assertThat(stranger.sign(HASH, SigningPurpose.TRANSFER)).as("its certificate was replaced").hasSize(64);
	}

	@Test
	void serviceThatIsNotTrustedIsNotAsked() throws Exception {
		RemoteSigner signer = new RemoteSigner(URI.create(service.url()), KEY.address(), Duration.ofSeconds(30),
				service.tls("client", "stranger"));
		int asked = service.asked();
		assertThatExceptionOfType(SigningException.class).isThrownBy(() -> signer.sign(HASH, SigningPurpose.TRANSFER));
		assertThat(service.asked()).isEqualTo(asked);
	}

	@ParameterizedTest
	@EnumSource(value = Answer.class, mode = EnumSource.Mode.EXCLUDE, names = "SIGNATURE")
	void anythingElseThanASignatureIsNone(Answer answer) throws Exception {
		service.answer = answer;
		RemoteSigner signer = signer("client",
				(answer == Answer.NEVER) ? Duration.ofMillis(300) : Duration.ofSeconds(30));
		assertThatExceptionOfType(SigningException.class).isThrownBy(() -> signer.sign(HASH, SigningPurpose.TRANSFER))
			.withMessageNotContaining("S-secret");
	}

	private static RemoteSigner signer(String certificate, Duration timeout) throws Exception {
		return new RemoteSigner(URI.create(service.url()), KEY.address(), timeout, service.tls(certificate, "server"));
	}

}

package io.github.x402sessions.devnet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import javax.net.ssl.SSLHandshakeException;

import io.github.x402sessions.fixtures.TrustedAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * HTTPS for clients that require it.
 */
class HttpsTests {

	@TempDir
	private Path folder;

	@Test
	void isTrustedByWhoKnowsTheAuthorityAndByNobodyElse() throws Exception {
		Path file = this.folder.resolve("ca.pem");
		try (StellarDevnet devnet = StellarDevnet.builder()
			.ledgerInterval(Duration.ZERO)
			.httpsPort(0)
			.caFile(file)
			.start()) {
			assertThat(Files.readString(file)).isEqualTo(devnet.caCertificate()).startsWith("-----BEGIN CERTIFICATE");
			HttpClient client = TrustedAuthority.client(devnet.caCertificate());
			String secure = health(client, devnet.httpsRpcUri());
			assertThat(secure).contains("\"healthy\"").isEqualTo(health(client, devnet.rpcUri()));
			String byNumber = devnet.httpsRpcUri().toString().replace("localhost", "127.0.0.1");
			assertThat(health(client, URI.create(byNumber))).isEqualTo(secure);
			assertThatExceptionOfType(SSLHandshakeException.class)
				.isThrownBy(() -> health(HttpClient.newHttpClient(), devnet.httpsRpcUri()));
		}
	}

	@Test
	void isOffUnlessAskedFor() {
		try (StellarDevnet devnet = StellarDevnet.builder().ledgerInterval(Duration.ZERO).start()) {
			assertThatIllegalStateException().isThrownBy(devnet::httpsRpcUri);
			assertThatIllegalStateException().isThrownBy(devnet::caCertificate);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> StellarDevnet.builder().httpsPort(65_536))
			.withMessage("httpsPort is not between 0 and 65535: 65536");
	}

	private static String health(HttpClient client, URI uri) throws IOException, InterruptedException {
		return client
			.send(HttpRequest.newBuilder(uri)
				.POST(HttpRequest.BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getHealth\"}"))
				.build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

}

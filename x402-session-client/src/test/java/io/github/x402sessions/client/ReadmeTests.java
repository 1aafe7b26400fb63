package io.github.x402sessions.client;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stellar.sdk.KeyPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the first example of the module's README does what it says, to its last
 * line: it is compiled as it stands there, imports included, with this machine's
 * addresses in it, and run. The next two, of {@link X402Client} and of catalogues, are
 * compiled.
 */
class ReadmeTests {

	private static final String AROUND_IT = """
			%s
			import io.github.x402sessions.client.signing.SessionSigner;
			import java.math.BigInteger;
			import java.net.http.HttpRequest;

			public class Example {

				static final org.slf4j.Logger logger = org.slf4j.LoggerFactory.getLogger(Example.class);

				static String paid;

				public static Object[] run(String secret, String shop, HttpRequest request) throws Exception {
					%s
					return new Object[] { answer.body(), paid, state, session };
				}

				static HttpResponse<String> whatever(SessionSigner signer, HttpRequest request) throws Exception {
					%s
					return answer;
				}

				static HttpResponse<String> found(SessionSigner signer) throws Exception {
					%s
					return forecast;
				}

				static void log(String transaction, BigInteger remaining) {
					paid = transaction + " " + remaining;
				}

			}
			""";

	private final PaidEnvironment environment = PaidEnvironment.shared();

	@Test
	void firstExampleOfTheReadmeRunsToItsLastLine(@TempDir Path directory) throws Exception {
		KeyPair payer = KeyPair.random();
		this.environment.fund(payer.getAccountId());
		HttpRequest request = HttpRequest.newBuilder(this.environment.uri("/tea")).build();
		Object[] outcome = (Object[]) example(directory).invoke(null, new String(payer.getSecretSeed()),
				this.environment.merchant, request);
		assertThat((String) outcome[0]).startsWith("/tea");
		assertThat((String) outcome[1]).matches("[0-9a-f]{64} 9900000");
		assertThat(((SessionState) outcome[2]).spent()).isEqualTo(100_000);
		Session session = (Session) outcome[3];
		assertThat(session.state().isActive()).isFalse();
		assertThat(this.environment.allowance(payer.getAccountId(), session.spender())).isZero();
	}

	private Method example(Path directory) throws IOException, ReflectiveOperationException {
		Matcher blocks = Pattern.compile("```java\n((?:import [^\n]+\n)+)\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(Path.of("README.md")));
		assertThat(blocks.find()).isTrue();
		String imports = blocks.group(1);
		String first = blocks.group(2)
			.replace("https://facilitator.example", this.environment.facilitatorUrl().toString())
			.replace("https://api.example", this.environment.uri("/").toString());
		assertThat(blocks.find()).isTrue();
		imports += blocks.group(1);
		String second = blocks.group(2);
		assertThat(second).startsWith("X402Client payer");
		assertThat(blocks.find()).isTrue();
		imports += blocks.group(1);
		String third = blocks.group(2);
		assertThat(third).startsWith("DiscoveryClient catalogue");
		Path source = Files.writeString(directory.resolve("Example.java"),
				AROUND_IT.formatted(imports, first, second, third));
		assertThat(ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), source.toString()))
			.isZero();
		URI classes = directory.toUri();
		try (URLClassLoader loader = new URLClassLoader(new URL[] { classes.toURL() })) {
			return loader.loadClass("Example").getMethod("run", String.class, String.class, HttpRequest.class);
		}
	}

}

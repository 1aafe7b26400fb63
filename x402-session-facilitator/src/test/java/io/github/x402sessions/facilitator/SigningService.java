package io.github.x402sessions.facilitator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.github.x402sessions.stellar.account.AccountKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A service that keeps a spender's key and signs for whoever shows the one certificate
 * that it trusts. It can be made to misbehave.
 */
public final class SigningService implements AutoCloseable {

	private static final String PASSWORD = "changeit";

	private static final JsonMapper JSON = new JsonMapper();

	/** What it does with a hash. */
	public volatile Answer answer = Answer.SIGNATURE;

	/** What it was asked for. */
	final Queue<String> purposes = new ConcurrentLinkedQueue<>();

	private final AccountKey key;

	private final HttpsServer server;

	private final Path directory;

	private final CountDownLatch closed = new CountDownLatch(1);

	private SigningService(AccountKey key, Path directory) throws IOException, GeneralSecurityException {
		this.key = key;
		this.directory = directory;
		this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		SSLContext tls = tls("server", "client");
		this.server.setHttpsConfigurator(new HttpsConfigurator(tls) {

			@Override
			public void configure(HttpsParameters parameters) {
				SSLParameters both = tls.getDefaultSSLParameters();
				both.setNeedClientAuth(true);
				parameters.setSSLParameters(both);
			}

		});
		this.server.createContext("/sign", this::sign);
		this.server.setExecutor(Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "signing-service");
			thread.setDaemon(true);
			return thread;
		}));
		this.server.start();
	}

	/** Start one. */
	public static SigningService start(AccountKey key) {
		try {
			return new SigningService(key, Certificates.DIRECTORY);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new AssertionError(ex);
		}
	}

	/** Return the TLS of somebody who has a certificate and trusts another one. */
	public SSLContext tls(String own, String trusted) throws IOException, GeneralSecurityException {
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store(own), PASSWORD.toCharArray());
		KeyStore others = KeyStore.getInstance("PKCS12");
		others.load(null, null);
		others.setCertificateEntry(trusted, store(trusted).getCertificate(trusted));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(others);
		SSLContext tls = SSLContext.getInstance("TLS");
		tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
		return tls;
	}

	private KeyStore store(String name) throws IOException, GeneralSecurityException {
		return Certificates.store(this.directory, name);
	}

	/** How often it was asked to sign. */
	public int asked() {
		return this.purposes.size();
	}

	public String url() {
		return "https://localhost:" + this.server.getAddress().getPort() + "/sign";
	}

	/** What a facilitator is told, which shows a certificate. */
	Map<String, String> properties(String certificate) {
		Map<String, String> properties = new HashMap<>();
		properties.put("facilitator.secret", "");
		properties.put("facilitator.signer.remote.url", url());
		properties.put("facilitator.signer.remote.address", this.key.address());
		properties.put("facilitator.signer.remote.ssl-bundle", "signer");
		properties.put("facilitator.signer.remote.timeout", "500ms");
		properties.put("spring.ssl.bundle.jks.signer.keystore.location",
				this.directory.resolve(certificate + ".p12").toUri().toString());
		properties.put("spring.ssl.bundle.jks.signer.keystore.password", PASSWORD);
		properties.put("spring.ssl.bundle.jks.signer.keystore.type", "PKCS12");
		properties.put("spring.ssl.bundle.jks.signer.truststore.location",
				this.directory.resolve("trust.p12").toUri().toString());
		properties.put("spring.ssl.bundle.jks.signer.truststore.password", PASSWORD);
		properties.put("spring.ssl.bundle.jks.signer.truststore.type", "PKCS12");
		return properties;
	}

	private void sign(HttpExchange exchange) throws IOException {
		try (exchange) {
			JsonNode question = JSON.readTree(exchange.getRequestBody().readAllBytes());
			if (!this.key.address().equals(question.get("address").stringValue())) {
				exchange.sendResponseHeaders(404, -1);
				return;
			}
			this.purposes.add(question.get("purpose").stringValue());
			byte[] hash = HexFormat.of().parseHex(question.get("hash").stringValue());
			switch (this.answer) {
				case SIGNATURE -> send(exchange, 200, signature(this.key.sign(hash)));
				case OF_ANOTHER_KEY -> send(exchange, 200, signature(AccountKey.random().sign(hash)));
				case NO_JSON -> send(exchange, 200, "signed".getBytes());
				case REFUSAL -> send(exchange, 403, "S-secret".getBytes());
				case ENDLESS -> endless(exchange);
				case NEVER -> this.closed.await();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static byte[] signature(byte[] signature) {
		return JSON.writeValueAsBytes(Map.of("signature", Base64.getEncoder().encodeToString(signature)));
	}

	private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
		exchange.sendResponseHeaders(status, body.length);
		exchange.getResponseBody().write(body);
	}

	private static void endless(HttpExchange exchange) throws IOException {
		exchange.sendResponseHeaders(200, 0);
		while (true) {
			exchange.getResponseBody().write(new byte[1_024]);
		}
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.server.stop(0);
	}

	/** Certificates, made once by the JDK's keytool. */
	private static final class Certificates {

		static final Path DIRECTORY = make();

		private static Path make() {
			try {
				Path directory = Files.createTempDirectory("signing");
				for (String name : new String[] { "server", "client", "stranger" }) {
					keytool("-genkeypair", "-alias", name, "-keyalg", "EC", "-groupname", "secp256r1", "-dname",
							"CN=" + name, "-ext", "san=dns:localhost,ip:127.0.0.1", "-validity", "2", "-storetype",
							"PKCS12", "-keystore", directory.resolve(name + ".p12").toString(), "-storepass", PASSWORD);
				}
				KeyStore trusted = KeyStore.getInstance("PKCS12");
				trusted.load(null, null);
				trusted.setCertificateEntry("server", store(directory, "server").getCertificate("server"));
				try (OutputStream out = Files.newOutputStream(directory.resolve("trust.p12"))) {
					trusted.store(out, PASSWORD.toCharArray());
				}
				return directory;
			}
			catch (IOException | GeneralSecurityException | InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}

		private static void keytool(String... arguments) throws IOException, InterruptedException {
			List<String> command = new ArrayList<>(
					List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
			command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
			command.addAll(List.of(arguments));
			if (new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() != 0) {
				throw new AssertionError("keytool fails");
			}
		}

		static KeyStore store(Path directory, String name) throws IOException, GeneralSecurityException {
			KeyStore store = KeyStore.getInstance("PKCS12");
			try (InputStream in = Files.newInputStream(directory.resolve(name + ".p12"))) {
				store.load(in, PASSWORD.toCharArray());
			}
			return store;
		}

	}

	/** What is done with a hash. */
	public enum Answer {

		/** As it should be. */
		SIGNATURE,

		/** A signature, but not the spender's. */
		OF_ANOTHER_KEY,

		/** Something else than was agreed. */
		NO_JSON,

		/** An error. */
		REFUSAL,

		/** More than anybody wants to read. */
		ENDLESS,

		/** Nothing, until it is closed. */
		NEVER

	}

}

package io.github.x402sessions.samples.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.fixtures.FreePort;

/**
 * The nginx of this machine with the sample's configuration, but for ports, in front of a
 * gateway.
 */
final class NginxServer implements AutoCloseable {

	private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/local/bin/nginx"),
			Path.of("/opt/homebrew/bin/nginx"));

	private static final char[] PASSWORD = "changeit".toCharArray();

	private final int port = FreePort.find();

	private final SSLContext tls;

	private final Process process;

	/**
	 * Start it.
	 * @param folder an empty folder
	 * @param gateway the gateway's port
	 * @param changes texts of the configuration and what is in their place, in turn
	 */
	NginxServer(Path folder, int gateway, String... changes) throws Exception {
		this.tls = certify(folder);
		String configuration = Files.readString(Path.of("nginx.conf"));
		for (int i = 0; i < changes.length; i += 2) {
			configuration = replace(configuration, changes[i], changes[i + 1]);
		}
		configuration = replace(configuration, "listen 443", "listen 127.0.0.1:" + this.port);
		configuration = replace(configuration, "127.0.0.1:8080", "127.0.0.1:" + gateway);
		Files.writeString(folder.resolve("nginx.conf"), replace(configuration, "http {", "http {" + own(folder)));
		check(folder);
		this.process = new ProcessBuilder(command(folder)).redirectErrorStream(true)
			.redirectOutput(folder.resolve("log").toFile())
			.start();
		Eventually.isTrue(() -> {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
				return socket.isConnected();
			}
			catch (IOException ex) {
				return !this.process.isAlive();
			}
		});
	}

	/** Whether there is one on this machine. */
	static boolean isThere() {
		return PLACES.stream().anyMatch(Files::isExecutable);
	}

	int port() {
		return this.port;
	}

	/** For how long it waits for the gateway, seconds. */
	static int readTimeout() throws IOException {
		return Files.readAllLines(Path.of("nginx.conf"))
			.stream()
			.map(String::trim)
			.filter((line) -> line.startsWith("proxy_read_timeout"))
			.map((line) -> line.replaceAll("[^0-9]", ""))
			.mapToInt(Integer::parseInt)
			.findFirst()
			.orElseThrow();
	}

	private static String replace(String configuration, String text, String other) {
		if (!configuration.contains(text)) {
			throw new IllegalArgumentException("nginx.conf has no '" + text + "'");
		}
		return configuration.replace(text, other);
	}

	/** Distributions put logs and temporary files where root alone may write. */
	private static String own(Path folder) {
		StringBuilder own = new StringBuilder(
				"access_log off; proxy_cache_path " + folder + "/cache keys_zone=answers:1m use_temp_path=off;");
		for (String kind : new String[] { "client_body", "proxy", "fastcgi", "scgi", "uwsgi" }) {
			own.append(kind).append("_temp_path ").append(folder).append('/').append(kind).append("; ");
		}
		return own.toString();
	}

	private static List<String> command(Path folder, String... more) {
		List<String> command = new ArrayList<>();
		command.add(PLACES.stream().filter(Files::isExecutable).findFirst().orElseThrow().toString());
		command.addAll(List.of("-p", folder.toString(), "-c", folder.resolve("nginx.conf").toString(), "-g",
				"daemon off; master_process off; pid nginx.pid; error_log stderr;"));
		command.addAll(List.of(more));
		return command;
	}

	private static void check(Path folder) throws IOException, InterruptedException {
		Process check = new ProcessBuilder(command(folder, "-t")).redirectErrorStream(true).start();
		String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (check.waitFor() != 0 || said.contains("[warn]")) {
			throw new IllegalStateException(said);
		}
	}

	private static SSLContext certify(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
		Path file = folder.resolve("gateway.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "gateway", "-keyalg", "EC", "-dname", "CN=api.example", "-ext",
				"san=dns:api.example", "-storetype", "PKCS12", "-storepass", new String(PASSWORD), "-keystore",
				file.toString())
			.redirectErrorStream(true)
			.start();
		String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (keytool.waitFor() != 0) {
			throw new IllegalStateException(said);
		}
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			keys.load(in, PASSWORD);
		}
		pem(folder.resolve("gateway.crt"), "CERTIFICATE", keys.getCertificate("gateway").getEncoded());
		pem(folder.resolve("gateway.key"), "PRIVATE KEY", keys.getKey("gateway", PASSWORD).getEncoded());
		KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
		trusted.load(null, null);
		trusted.setCertificateEntry("gateway", keys.getCertificate("gateway"));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

	private static void pem(Path file, String kind, byte[] content) throws IOException {
		Files.writeString(file,
				"-----BEGIN " + kind + "-----\n"
						+ Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content) + "\n-----END " + kind
						+ "-----\n");
	}

	/** Connect as a client of {@code api.example} does. */
	Socket connect() throws IOException {
		SSLSocket socket = (SSLSocket) this.tls.getSocketFactory()
			.createSocket(new Socket(InetAddress.getLoopbackAddress(), this.port), "api.example", this.port, true);
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setServerNames(List.of(new SNIHostName("api.example")));
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		socket.setSSLParameters(parameters);
		return socket;
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

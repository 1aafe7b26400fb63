import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A receiver of events, for a drill: it takes those that are signed, each once, or answers another status. */
public final class Receiver {

	/** Arguments: port, status to answer, secret, and the file that events are appended to: id, type, transaction or "-". */
	public static void main(String[] args) throws Exception {
		int status = Integer.parseInt(args[1]);
		byte[] secret = Base64.getDecoder().decode(args[2].substring("whsec_".length()));
		Path file = Path.of(args[3]);
		HttpServer server = HttpServer
			.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 0);
		server.createContext("/hook", (exchange) -> {
			byte[] body = exchange.getRequestBody().readAllBytes();
			int answer = isOurs(secret, exchange, body) ? status : 401;
			if (answer == 204) {
				take(file, header(exchange, "webhook-id"), new String(body, StandardCharsets.UTF_8));
			}
			exchange.sendResponseHeaders(answer, -1);
			exchange.close();
		});
		server.createContext("/up", (exchange) -> {
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		server.start();
	}

	private static synchronized void take(Path file, String id, String event) throws java.io.IOException {
		if (Files.exists(file) && Files.readString(file).contains(id)) {
			return;
		}
		Files.writeString(file, id + " " + text(event, "type") + " " + text(event, "transaction") + "\n",
				StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

	private static String text(String json, String name) {
		Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
		return found.find() ? found.group(1) : "-";
	}

	private static boolean isOurs(byte[] secret, HttpExchange exchange, byte[] body) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(secret, "HmacSHA256"));
			mac.update((header(exchange, "webhook-id") + "." + header(exchange, "webhook-timestamp") + ".")
				.getBytes(StandardCharsets.UTF_8));
			String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
			return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8),
					header(exchange, "webhook-signature").getBytes(StandardCharsets.UTF_8));
		}
		catch (java.security.GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String header(HttpExchange exchange, String name) {
		return String.valueOf(exchange.getRequestHeaders().getFirst(name));
	}

}

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends one payment header five times and says how often that was answered and charged. Ends with 1 unless it was both
 * once: a repetition may be answered, if its receipt is the first one's. Usage: java Payer.java SESSION-FILE URL
 * IDENTIFIER, where - is none.
 */
final class Payer {

	private static final int TRIES = 5;

	private static final long PAUSE_MILLIS = 1_500;

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private Payer() {
	}

	public static void main(String[] arguments) throws IOException, InterruptedException {
		String saved = Files.readString(Path.of(arguments[0]));
		URI url = URI.create(arguments[1]);
		String token = text(saved, "secretSessionId");
		String challenge = decoded(get(url, null).headers().firstValue("PAYMENT-REQUIRED").orElseThrow());
		String accepted = object(challenge, challenge.indexOf("[", challenge.indexOf("\"accepts\"")) + 1);
		String header = header(accepted, token, arguments[2]);

		List<Integer> statuses = new ArrayList<>();
		Set<String> receipts = new HashSet<>();
		for (int call = 0; call < TRIES; call++) {
			HttpResponse<String> answer = get(url, header);
			statuses.add(answer.statusCode());
			if (answer.statusCode() == 200) {
				receipts.add(text(decoded(answer.headers().firstValue("PAYMENT-RESPONSE").orElseThrow()), "transaction"));
			}
			Thread.sleep(PAUSE_MILLIS);
		}
		URI session = URI.create(text(saved, "facilitator") + "/sessions/" + token);
		String state = get(session, null).body();
		while (!text(state, "reserved").equals("0")) {
			Thread.sleep(PAUSE_MILLIS);
			state = get(session, null).body();
		}
		boolean replays = accepted.contains("\"paymentIdentifier\":true");
		long answers = replays ? receipts.size() : statuses.stream().filter((status) -> status == 200).count();
		boolean once = answers == 1 && text(state, "spent").equals(text(accepted, "amount"));
		System.out.printf("%s  charged %s for a price of %s, answers %s%s%n", once ? "once " : "WRONG", text(state, "spent"),
				text(accepted, "amount"), statuses, replays ? ", the same one" : "");
		System.exit(once ? 0 : 1);
	}

	private static String header(String accepted, String token, String identifier) {
		String extensions = identifier.equals("-") ? ""
				: ",\"extensions\":{\"payment-identifier\":{\"info\":{\"required\":false,\"id\":\"" + identifier + "\"}}}";
		String payment = "{\"x402Version\":2,\"accepted\":" + accepted + ",\"payload\":{\"sessionId\":\"" + token + "\"}"
				+ extensions + "}";
		return Base64.getEncoder().encodeToString(payment.getBytes(StandardCharsets.UTF_8));
	}

	private static HttpResponse<String> get(URI url, String payment) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(url).header("Accept", "application/json");
		if (payment != null) {
			request.header("PAYMENT-SIGNATURE", payment);
		}
		return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static String decoded(String header) {
		return new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8);
	}

	/** Return the member of that name, whose value is a string. */
	private static String text(String json, String name) {
		Matcher member = Pattern.compile("\"" + name + "\":\\s*\"([^\"]*)\"").matcher(json);
		if (!member.find()) {
			throw new IllegalArgumentException("there is no '" + name + "' in the answer");
		}
		return member.group(1);
	}

	/** Return the object that begins there; no string in it has braces. */
	private static String object(String json, int begin) {
		int depth = 0;
		for (int i = begin; i < json.length(); i++) {
			depth += (json.charAt(i) == '{') ? 1 : (json.charAt(i) == '}') ? -1 : 0;
			if (depth == 0) {
				return json.substring(begin, i + 1);
			}
		}
		throw new IllegalArgumentException("the challenge breaks off");
	}

}

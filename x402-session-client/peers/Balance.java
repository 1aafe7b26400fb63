import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prints how much of the test network's USDC an account has, in base units, as the ledger entry of its trustline says. Usage:
 * java Balance.java RPC-URL ACCOUNT
 */
final class Balance {

	private static final String ISSUER = "GBBD47IF6LWK7P7MDEVSCWR7DPUWV3NY3DTQEVFL4NAT4AQH3ZLLFLA5";

	private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

	private static final int TRUSTLINE = 1;

	private static final int ALPHANUM4 = 1;

	private Balance() {
	}

	public static void main(String[] arguments) throws IOException, InterruptedException {
		byte[] key = trustline(arguments[1]);
		String question = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getLedgerEntries\",\"params\":{\"keys\":[\""
				+ Base64.getEncoder().encodeToString(key) + "\"]}}";
		HttpRequest request = HttpRequest.newBuilder(URI.create(arguments[0]))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(question))
			.build();
		String answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
		Matcher entry = Pattern.compile("\"xdr\":\\s*\"([^\"]*)\"").matcher(answer);
		if (!entry.find()) {
			throw new IllegalStateException("no trustline of " + arguments[1] + ": " + answer);
		}
		// The entry begins as its key does; the balance follows.
		System.out.println(ByteBuffer.wrap(Base64.getDecoder().decode(entry.group(1))).getLong(key.length));
	}

	/** The XDR of the ledger key. */
	private static byte[] trustline(String account) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeInt(TRUSTLINE);
		writeAccount(out, account);
		out.writeInt(ALPHANUM4);
		out.write("USDC".getBytes(StandardCharsets.US_ASCII));
		writeAccount(out, ISSUER);
		return bytes.toByteArray();
	}

	/** An address is a byte for its kind, the public key and two bytes of a checksum, 56 digits of 5 bits. */
	private static void writeAccount(DataOutputStream out, String address) throws IOException {
		BigInteger decoded = BigInteger.ZERO;
		for (char digit : address.toCharArray()) {
			decoded = decoded.shiftLeft(5).or(BigInteger.valueOf(BASE32.indexOf(digit)));
		}
		byte[] bytes = decoded.toByteArray();
		out.writeInt(0);
		out.write(bytes, bytes.length - 34, 32);
	}

}

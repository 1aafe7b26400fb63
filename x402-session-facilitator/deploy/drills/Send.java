import org.stellar.sdk.Asset;
import org.stellar.sdk.AssetTypeNative;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.PaymentOperation;
import org.stellar.sdk.SorobanServer;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;

/** A payment on the local ledger that bids more than anybody else, for a drill. */
public final class Send {

	private static final String ISSUER = "GBBD47IF6LWK7P7MDEVSCWR7DPUWV3NY3DTQEVFL4NAT4AQH3ZLLFLA5";

	/** Arguments: the node's URL, the sender's secret, the recipient's address, how much, and XLM or USDC. */
	public static void main(String[] args) throws Exception {
		try (SorobanServer node = new SorobanServer(args[0])) {
			KeyPair sender = KeyPair.fromSecretSeed(args[1]);
			Asset asset = args[4].equals("XLM") ? new AssetTypeNative() : Asset.create(args[4] + ":" + ISSUER);
			Transaction payment = new TransactionBuilder(node.getAccount(sender.getAccountId()), Network.TESTNET)
				.addOperation(new PaymentOperation.Builder(args[2], asset, args[3]).build())
				.setBaseFee(10_000_000)
				.setTimeout(60)
				.build();
			payment.sign(sender);
			System.out.println(node.sendTransaction(payment).getStatus() + " " + payment.hashHex());
		}
	}

}

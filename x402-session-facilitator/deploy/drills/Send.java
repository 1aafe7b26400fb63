import org.stellar.sdk.AssetTypeNative;
import org.stellar.sdk.KeyPair;
import org.stellar.sdk.Network;
import org.stellar.sdk.PaymentOperation;
import org.stellar.sdk.SorobanServer;
import org.stellar.sdk.Transaction;
import org.stellar.sdk.TransactionBuilder;

/** A payment of lumens on the local ledger, for a drill. */
public final class SendLumens {

	/** Arguments: the node's URL, the sender's secret, the recipient's address, and how many lumens. */
	public static void main(String[] args) throws Exception {
		try (SorobanServer node = new SorobanServer(args[0])) {
			KeyPair sender = KeyPair.fromSecretSeed(args[1]);
			Transaction payment = new TransactionBuilder(node.getAccount(sender.getAccountId()), Network.TESTNET)
				.addOperation(new PaymentOperation.Builder(args[2], new AssetTypeNative(), args[3]).build())
				.setBaseFee(10_000_000)
				.setTimeout(60)
				.build();
			payment.sign(sender);
			System.out.println(node.sendTransaction(payment).getStatus() + " " + payment.hashHex());
		}
	}

}

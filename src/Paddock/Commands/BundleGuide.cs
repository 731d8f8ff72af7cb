using Paddock.Control.Audit;

namespace Paddock.Commands;

/// <summary>What lies beside the log's files in a bundle: how to verify them without Paddock, and a program that does.</summary>
internal static class BundleGuide
{
    public static async Task WriteAsync(string directory, IReadOnlyList<ShardView> shards, CancellationToken cancellationToken)
    {
        await using (var source = typeof(BundleGuide).Assembly.GetManifestResourceStream("audit/verify.go") ?? throw new InvalidOperationException("The verifier is not in the assembly."))
        await using (var target = File.Create(Path.Combine(directory, "verify.go")))
        {
            await source.CopyToAsync(target, cancellationToken);
        }

        await File.WriteAllTextAsync(Path.Combine(directory, "README.md"), Text(shards), cancellationToken);
    }

    private static string Text(IReadOnlyList<ShardView> shards) =>
        $"""
        # An audit log, and how to verify it

        Each directory below `shards/` is a transparency log of its own in the open C2SP formats (https://c2sp.org/tlog-tiles): `checkpoint` is its signed head, `vkey` its key, `tile/…` its hashes, `tile/entries/…` its entries (each behind its length, two bytes, big-endian; canonical JSON). `shards.json` lists them.

        {string.Concat(shards.Select(static shard => $"- shard {Printer.Number(shard.Number)}: {shard.Origin}, {Printer.Number(shard.Size)} entries, root {shard.Root}{(shard.Archived is null ? "" : " (archived: its entries are elsewhere)")}{(shard.Restarted ? " (does not continue the one before)" : "")}\n"))}
        ## Without Paddock

        `verify.go` uses Go's own implementation (golang.org/x/mod/sumdb/tlog and note), and nothing of Paddock. It recomputes the root from the entries, compares every tile and checks the signature:

        ```
        go mod init verify && go get golang.org/x/mod@latest       # or Debian: GO111MODULE=off GOPATH=/usr/share/gocode
        go run verify.go shards/1 "$(cat shards/1/vkey)"
        go run verify.go shards/1 "$(cat shards/1/vkey)" OLD-CHECKPOINT     # one that you kept: the log must have grown from it
        ```

        Take the key from somebody you trust, not from here, and keep the checkpoint: it is what shows later that nothing before it was changed.

        A shard's first entry (`audit.shard_opened`) holds the signed last checkpoint of the shard before as `before.note`; that must be the `checkpoint` of the directory before. The last entry of a closed shard (`audit.shard_closed`) names the key of the next as `next.vkey`. After lines of the log itself a checkpoint may have those of witnesses (https://c2sp.org/tlog-cosignature).

        ## With Paddock

        ```
        paddock audit verify .
        ```

        """;
}

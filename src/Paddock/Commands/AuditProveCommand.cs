using System.CommandLine;
using System.Text;
using Paddock.Control;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Audit.Tiles;

namespace Paddock.Commands;

/// <summary><c>paddock audit prove</c>: hands out proofs that entries are in the log, and checks them without a server.</summary>
internal static class AuditProveCommand
{
    private const string Path = "/control/v1/audit/entries/";

    private static readonly Argument<string?> Id = new("id") { Description = "Id of the entry, as 'paddock audit tail' shows it.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Out = new("--out") { Description = "File to write the proof to. Default: print it." };
    private static readonly Option<string?> Entry = new("--entry") { Description = "File to write the entry to; with --check, the file it is read from." };
    private static readonly Option<string?> Check = new("--check") { Description = "Check the proof in this file, with --entry and --vkey. Needs no server." };
    private static readonly Option<string?> Vkey = new("--vkey") { Description = "The log's key, or a file with it." };

    public static Command Build()
    {
        var command = new Command("prove", "Prove that an entry is in the signed log (c2sp.org/tlog-proof), or check such a proof.") { Id, Out, Entry, Check, Vkey }.WithConnection();
        command.Validators.Add(static result =>
        {
            var checks = result.GetValue(Check) is not null;
            if (checks ? result.GetValue(Entry) is null || result.GetValue(Vkey) is null || result.GetValue(Id) is not null : result.GetValue(Id) is null || result.GetValue(Vkey) is not null)
            {
                result.AddError("Give the id of an entry to prove it; or --check, --entry and --vkey to check a proof.");
            }
        });
        command.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, () => parsed.GetValue(Check) is { } file ? CheckAsync(parsed, file, cancellationToken) : ProveAsync(parsed, cancellationToken)));
        return command;
    }

    /// <exception cref="CommandException">It is none.</exception>
    public static async Task<VerifierKey> KeyAsync(string text, CancellationToken cancellationToken)
    {
        var line = File.Exists(text) ? await File.ReadAllTextAsync(text, cancellationToken) : text;
        return VerifierKey.Parse(line) is { Algorithm: NoteAlgorithm.Ed25519 } key ? key : throw new CommandException("--vkey: that is no key of a log; expected name+hex+base64, as /audit/vkey gives it.");
    }

    private static async Task<int> ProveAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var connection = await ControlConnection.OpenAsync(parsed, creates: false, cancellationToken);
        var path = Path + Uri.EscapeDataString(parsed.GetValue(Id) ?? "");
        using var answer = await connection.SendAsync(HttpMethod.Get, path + "/proof", null, cancellationToken);
        var proof = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (parsed.GetValue(Entry) is { } entryFile)
        {
            var found = await connection.SendAsync(HttpMethod.Get, path, null, ControlJson.Default.EntryList, cancellationToken);
            await File.WriteAllBytesAsync(entryFile, Encoding.UTF8.GetBytes(found.Entries[0].Entry), cancellationToken);
        }

        if (parsed.GetValue(Out) is { } file)
        {
            await File.WriteAllTextAsync(file, proof, cancellationToken);
        }
        else
        {
            await parsed.InvocationConfiguration.Output.WriteAsync(proof);
        }

        return CommandLine.Done;
    }

    private static async Task<int> CheckAsync(ParseResult parsed, string file, CancellationToken cancellationToken)
    {
        var key = await KeyAsync(parsed.GetRequiredValue(Vkey)!, cancellationToken); // the validator saw to it
        var proof = LogProof.Parse(await File.ReadAllTextAsync(file, cancellationToken)) ?? throw new CommandException($"{file} holds no proof.");
        ReadOnlyMemory<byte> entry = await File.ReadAllBytesAsync(parsed.GetRequiredValue(Entry)!, cancellationToken); // the validator saw to it
        try
        {
            // Canonical JSON has no newline at its end; what was piped or edited may.
            var checkpoint = proof.Check(entry.Span is [.., (byte)'\n'] ? entry.Span[..^1] : entry.Span, key, new Ed25519Verifier());
            CommandRunner.Print(
                parsed, new(checkpoint.Origin, checkpoint.Size, proof.Index), CommandJson.Default.ProofResult, static (done, printer) => printer.Line($"The entry is number {done.Index} of {done.Size} in the log {done.Origin}."));
            return CommandLine.Done;
        }
        catch (LogDamagedException fault)
        {
            throw new CommandException(fault.Message);
        }
    }
}

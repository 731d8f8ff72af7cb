using Paddock.Core.Audit.Witnesses;
using Paddock.Core.Notifications;

namespace Paddock.Store.Audit.Witnesses;

/// <summary>What people are told of the log's witnesses.</summary>
internal static class WitnessNotices
{
    public static Notification Contradicts(DateTimeOffset now, WitnessStatus witness, string problem) => Of(
        "audit.witness_contradicts", now, witness, problem, $"The witness {witness.Name} contradicts the audit log: {problem}. Look into it: the database may be older than what the witness has seen, or somebody has changed it.");

    public static Notification Away(DateTimeOffset now, WitnessStatus witness, string problem) => Of("audit.witness_away", now, witness, problem, $"The witness {witness.Name} does not sign the audit log: {problem}.");

    public static Notification Back(DateTimeOffset now, WitnessStatus witness) => Of("audit.witness_back", now, witness, "", $"The witness {witness.Name} signs the audit log again.");

    private static Notification Of(string what, DateTimeOffset now, WitnessStatus witness, string problem, string text) => new()
    {
        Event = what,
        At = now,
        Text = text,
        Facts = [new("witness", witness.Name), new("host", witness.Host), new("problem", problem)],
    };
}

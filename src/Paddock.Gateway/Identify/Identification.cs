using System.Collections.Frozen;
using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;

namespace Paddock.Gateway.Identify;

/// <summary>Says who is calling (verified, by key) and which agent, task and mode it is (asserted, unless the key pins it).</summary>
internal sealed class Identification(KeyAuthenticator keys, IIdentities identities, IEnumerable<IAgentDialect> dialects, Fingerprints fingerprints)
{
    private readonly TaskIds tasks = new();
    private readonly IAgentDialect[] all = [.. dialects];
    private readonly FrozenDictionary<string, IAgentDialect> byAgent = dialects.ByName();

    /// <summary>Finds the caller. Reads no body.</summary>
    public Refusal? FindCaller(Exchange exchange)
    {
        exchange.Dialect = FindDialect(exchange, pinned: null);
        var outcome = keys.Authenticate(PresentedKey.Of(exchange.Http.Request.Headers), exchange.ReceivedAt);
        if (outcome is not KeyOutcome.Known known)
        {
            return Refuse(((KeyOutcome.Refused)outcome).Reason);
        }

        if (known.Caller.Key.Client is SessionClient.Extension or SessionClient.Cli && exchange.Entrance.Agent is null)
        {
            return new(RefusalReason.ScopeMissing, 403, "This token is good for its agent's own endpoint only. For other agents: paddock login.");
        }

        exchange.Caller = known.Caller;
        identities.NoteUse(known.Caller.Key.Id, exchange.ReceivedAt);
        if (known.Caller.Key.Scopes.PinnedAgent is { } pinned)
        {
            exchange.Dialect = FindDialect(exchange, pinned);
        }

        return known.Caller.Key.Scopes.Models
            ? null
            : new(RefusalReason.ScopeMissing, 403, "This key may not call models. Make one that may: paddock key create --name NAME --user USER.");
    }

    /// <summary>Reads the task's facts; the body has been read.</summary>
    public void FindTask(Exchange exchange)
    {
        var scopes = exchange.Caller!.Key.Scopes; // the caller is known by now
        var said = exchange.Dialect?.Read(exchange) ?? TaskFacts.None;
        var agent = scopes.PinnedAgent ?? exchange.Dialect?.Agent ?? NameIn(exchange.Header("X-Paddock-Agent")) ?? "unknown";
        var native = NameIn(exchange.Header("X-Paddock-Task")) ?? said.NativeTask;
        var derived = native is null;
        native ??= DeriveTask(exchange);
        exchange.Task = said with
        {
            Agent = agent,
            NativeTask = native,
            TaskDerived = derived && native is not null,
            ParentTask = NameIn(exchange.Header("X-Paddock-Parent-Task")) ?? said.ParentTask,
            Mode = scopes.PinnedMode ?? NameIn(exchange.Header("X-Paddock-Mode")) ?? said.Mode,
            Repository = scopes.PinnedRepository ?? NameIn(exchange.Header("X-Paddock-Repository")) ?? said.Repository,
            Device = NameIn(exchange.Header("X-Paddock-Device")) ?? said.Device,
            AgentVerified = scopes.PinnedAgent is not null,
            ModeVerified = scopes.PinnedMode is not null,
            RepositoryVerified = scopes.PinnedRepository is not null,
        };
        exchange.TaskId = native is null ? null : tasks.Of(exchange.Caller.Principal.Id.Value, agent, native);
    }

    private IAgentDialect? FindDialect(Exchange exchange, string? pinned)
    {
        var named = pinned ?? exchange.Entrance.Agent ?? NameIn(exchange.Header("X-Paddock-Agent"));
        if (named is not null && byAgent.TryGetValue(named, out var dialect))
        {
            return dialect;
        }

        foreach (var candidate in named is null ? all : [])
        {
            if (candidate.Recognizes(exchange))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>Agents that send no session: one task is one key and one first user message (they resend it every turn).</summary>
    private string? DeriveTask(Exchange exchange)
    {
        var first = exchange.Part(BodyPart.FirstUser);
        return first.IsEmpty ? null : "first:" + fingerprints.Of(first);
    }

    /// <summary>A name from a header: trimmed, of reasonable size and printable, else as if absent.</summary>
    private static string? NameIn(string? text)
    {
        text = text?.Trim();
        return text is { Length: > 0 and <= 200 } && !text.Any(char.IsControl) ? text : null;
    }

    private static Refusal Refuse(RefusalReason reason) => reason switch
    {
        RefusalReason.MissingKey => new(reason, 401, "No API key was presented. Send a Paddock key as Authorization: Bearer, x-api-key or x-goog-api-key."),
        RefusalReason.MalformedKey => new(reason, 401, "The presented key is not a Paddock key (pk_…), or it was mistyped: its checksum is wrong."),
        RefusalReason.KeyRevoked => new(reason, 401, "This key was revoked. Ask for a new one: paddock key create."),
        RefusalReason.KeyExpired => new(reason, 401, "This key has expired. Ask for a new one: paddock key rotate."),
        RefusalReason.SessionEnded => new(reason, 401, "This token is no longer good: its time is over, or its session has ended. Sign in again: in the agent, or with paddock login."),
        RefusalReason.PrincipalDisabled => new(reason, 403, "The owner of this key is disabled."),
        _ => new(RefusalReason.UnknownKey, 401, "This key is not known here."),
    };
}

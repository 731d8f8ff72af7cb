using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>What a new key is asked to be.</summary>
public sealed record CreateKeyInput
{
    /// <summary>What it is for, one line of up to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Owner by name; made when there is none.</summary>
    public required string User { get; init; }

    /// <summary>The owner is a service account, not a person.</summary>
    public bool Service { get; init; }

    /// <summary>Teams of a newly made owner; those of one who exists are changed elsewhere.</summary>
    public IReadOnlyList<string>? Teams { get; init; }

    /// <summary>May call models. Default true, but for keys with control roles.</summary>
    public bool? Models { get; init; }

    /// <summary>Model names it may ask for, each exact or ending in <c>*</c>; empty = all that the release allows.</summary>
    public IReadOnlyList<string>? ModelPatterns { get; init; }

    public bool Tools { get; init; }

    /// <summary>Control roles by name.</summary>
    public IReadOnlyList<string>? Control { get; init; }

    public string? Agent { get; init; }

    public string? Mode { get; init; }

    public string? Repository { get; init; }

    public string? Environment { get; init; }

    /// <summary>Lifetime in seconds, up to ten years; null = no end.</summary>
    public long? ExpiresInSeconds { get; init; }
}

/// <summary>Makes an API key, and its owner when new. The key's text leaves here once and is kept nowhere.</summary>
public sealed class CreateKey(IIdentityStore store, Pepper pepper, TimeProvider time, ILogger<CreateKey> logger)
{
    private const long LongestSeconds = 10L * 366 * 86_400;

    public async Task<Outcome<NewKey>> RunAsync(Actor actor, CreateKeyInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Identity))
        {
            return new Outcome<NewKey>.Forbidden(ControlRoles.Identity);
        }

        if (Check(input, out var control) is { } fault)
        {
            return fault;
        }

        if (!actor.May(control))
        {
            return new Outcome<NewKey>.Forbidden(control); // nobody gives away more than they have
        }

        var owner = await OwnerAsync(actor, input, cancellationToken);
        if (owner is null)
        {
            return new Outcome<NewKey>.Conflict($"'{input.User}' exists as the other kind of principal.");
        }

        var token = KeyToken.Create(RandomNumberGenerator.GetBytes(40));
        var (now, scopes) = (time.GetUtcNow(), ScopesOf(input, control));
        var key = KeyOf(input.Name, owner.Id, scopes, now, input.ExpiresInSeconds is { } seconds ? now.AddSeconds(seconds) : null, token, pepper);
        await store.AddKeyAsync(key, actor.Audited, cancellationToken);
        Log.KeyMade(logger, key.Prefix, key.Name, owner.Name, actor.Id);
        return new Outcome<NewKey>.Done(new(KeyView.Of(key, owner), token.Reveal()));
    }

    private static Outcome<NewKey>.Invalid? Check(CreateKeyInput input, out ControlRoles control)
    {
        control = ControlRoles.None;
        return input switch
        {
            _ when !Names.IsLabel(input.Name, 100) => new("name", "A key's name is one line of 1 to 100 characters."),
            _ when !Names.IsUser(input.User) => new("user", $"A user's name {Names.UserRule}"),
            _ when !RoleNames.TryParse(input.Control ?? [], out control) => new("control", $"Control roles are {string.Join(", ", ControlRoleNames.All)}."),
            { ExpiresInSeconds: <= 0 or > LongestSeconds } => new("expiresInSeconds", "A lifetime is positive and at most ten years."),
            _ when input.Teams?.Any(team => !Names.IsUser(team)) is true => new("teams", $"A team's name {Names.UserRule}"),
            _ when input.ModelPatterns?.Any(pattern => !Names.IsPattern(pattern, 200)) is true => new("modelPatterns", "A model pattern is a name of up to 200 characters, or one ending in *."),
            _ when new[] { ("agent", input.Agent), ("mode", input.Mode), ("repository", input.Repository), ("environment", input.Environment) }
                .FirstOrDefault(pin => pin.Item2 is { } text && !Names.IsLabel(text, 200)) is { Item1: { } field } => new(field, "This is one line of 1 to 200 characters."),
            _ => null,
        };
    }

    private async Task<Principal?> OwnerAsync(Actor actor, CreateKeyInput input, CancellationToken cancellationToken)
    {
        var kind = input.Service ? PrincipalKind.ServiceAccount : PrincipalKind.User;
        var known = FindPrincipal.In(await store.LoadAsync(cancellationToken), input.User);
        if (known is null)
        {
            var made = CreateUser.PrincipalOf(kind, input.User, input.Teams ?? [], time.GetUtcNow());
            if (await store.AddPrincipalAsync(made, actor.Audited, cancellationToken))
            {
                Log.PrincipalMade(logger, made.Name, made.Id.Value, actor.Id);
                return made;
            }

            // Somebody made it a moment ago; then theirs is taken.
            known = FindPrincipal.In(await store.LoadAsync(cancellationToken), input.User);
        }

        return known?.Kind == kind ? known : null;
    }

    /// <param name="end">Null = none.</param>
    internal static ApiKey KeyOf(string name, PrincipalId owner, KeyScopes scopes, DateTimeOffset now, DateTimeOffset? end, Secret token, Pepper pepper) => new()
    {
        Id = KeyId.Create(Guid.NewGuid()),
        Prefix = KeyToken.PrefixOf(token.Reveal()),
        Name = name,
        Owner = owner,
        Hash = KeyHash.Compute(token.Reveal(), pepper),
        Scopes = scopes,
        CreatedAt = now,
        ExpiresAt = end,
    };

    private static KeyScopes ScopesOf(CreateKeyInput input, ControlRoles control) => new()
    {
        Models = input.Models ?? control is ControlRoles.None,
        ModelPatterns = [.. input.ModelPatterns ?? []],
        Tools = input.Tools,
        Control = control,
        PinnedAgent = input.Agent,
        PinnedMode = input.Mode,
        PinnedRepository = input.Repository,
        Environment = input.Environment ?? "",
    };
}

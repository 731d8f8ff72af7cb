using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>What a new key is asked to be.</summary>
public sealed record CreateKeyInput
{
    public required string Name { get; init; }

    /// <summary>Owner; made when there is none of that name.</summary>
    public required string User { get; init; }

    /// <summary>The owner is a service account, not a person.</summary>
    public bool Service { get; init; }

    /// <summary>Teams of a newly made owner.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];

    /// <summary>May call models. Default true, but for keys with control roles.</summary>
    public bool? Models { get; init; }

    public IReadOnlyList<string> ModelPatterns { get; init; } = [];

    public bool Tools { get; init; }

    public IReadOnlyList<string> Control { get; init; } = [];

    public string? Agent { get; init; }

    public string? Mode { get; init; }

    public string? Repository { get; init; }

    public string? Environment { get; init; }

    /// <summary>Lifetime in seconds; null = no end.</summary>
    public long? ExpiresInSeconds { get; init; }
}

/// <summary>Makes an API key, and its owner when new. The key's text leaves here once and is kept nowhere.</summary>
public sealed partial class CreateKey(IIdentityStore store, Pepper pepper, TimeProvider time)
{
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

        var owner = await OwnerAsync(input, cancellationToken);
        if (owner is null)
        {
            return new Outcome<NewKey>.Conflict($"'{input.User}' exists as the other kind of principal.");
        }

        var token = KeyToken.Create(RandomNumberGenerator.GetBytes(40));
        var key = KeyOf(input, control, owner, token);
        await store.AddKeyAsync(key, cancellationToken);
        return new Outcome<NewKey>.Done(new(KeyView.Of(key, owner), token.Reveal()));
    }

    private static Outcome<NewKey>.Invalid? Check(CreateKeyInput input, out ControlRoles control)
    {
        control = ControlRoles.None;
        return input switch
        {
            { Name.Length: 0 or > 100 } => new("name", "A key's name has 1 to 100 characters."),
            _ when !NamePattern().IsMatch(input.User) => new("user", "A user's name begins with a letter or digit and has up to 100 letters, digits and . _ @ -."),
            _ when !RoleNames.TryParse(input.Control, out control) => new("control", "Control roles are viewer, identity, policy, operator and admin."),
            { ExpiresInSeconds: <= 0 } => new("expiresInSeconds", "A lifetime is positive."),
            _ when input.Teams.Any(team => !NamePattern().IsMatch(team)) => new("teams", "A team's name begins with a letter or digit and has up to 100 letters, digits and . _ @ -."),
            _ => null,
        };
    }

    private async Task<Principal?> OwnerAsync(CreateKeyInput input, CancellationToken cancellationToken)
    {
        var kind = input.Service ? PrincipalKind.ServiceAccount : PrincipalKind.User;
        var known = Named((await store.LoadAsync(cancellationToken)).Principals, input.User);
        if (known is null)
        {
            var made = new Principal { Id = PrincipalId.Create(kind, Guid.NewGuid()), Kind = kind, Name = input.User, Teams = [.. input.Teams.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal)], CreatedAt = time.GetUtcNow() };
            // Somebody may have made it a moment ago; then theirs is taken.
            known = await store.AddPrincipalAsync(made, cancellationToken) ? made : Named((await store.LoadAsync(cancellationToken)).Principals, input.User);
        }

        return known?.Kind == kind ? known : null;
    }

    private static Principal? Named(IEnumerable<Principal> principals, string name) =>
        principals.FirstOrDefault(principal => string.Equals(principal.Name, name, StringComparison.OrdinalIgnoreCase));

    private ApiKey KeyOf(CreateKeyInput input, ControlRoles control, Principal owner, Secret token) => new()
    {
        Id = KeyId.Create(Guid.NewGuid()),
        Prefix = KeyToken.PrefixOf(token.Reveal()),
        Name = input.Name,
        Owner = owner.Id,
        Hash = KeyHash.Compute(token.Reveal(), pepper.Bytes),
        Scopes = new()
        {
            Models = input.Models ?? control is ControlRoles.None,
            ModelPatterns = [.. input.ModelPatterns],
            Tools = input.Tools,
            Control = control,
            PinnedAgent = input.Agent,
            PinnedMode = input.Mode,
            PinnedRepository = input.Repository,
            Environment = input.Environment ?? "",
        },
        CreatedAt = time.GetUtcNow(),
        ExpiresAt = input.ExpiresInSeconds is { } seconds ? time.GetUtcNow().AddSeconds(seconds) : null,
    };

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._@-]{0,99}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}

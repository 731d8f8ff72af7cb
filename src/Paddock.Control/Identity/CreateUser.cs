using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Who is to be made.</summary>
public sealed record CreateUserInput
{
    public required string Name { get; init; }

    /// <summary>A service account, not a person.</summary>
    public bool Service { get; init; }

    public IReadOnlyList<string>? Teams { get; init; }
}

/// <summary>Makes a person or service account, without a key.</summary>
public sealed class CreateUser(IIdentityStore store, TimeProvider time, ILogger<CreateUser> logger)
{
    public async Task<Outcome<UserView>> RunAsync(Actor actor, CreateUserInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Identity))
        {
            return new Outcome<UserView>.Forbidden(ControlRoles.Identity);
        }

        if (!Names.IsUser(input.Name))
        {
            return new Outcome<UserView>.Invalid("name", $"A user's name {Names.UserRule}");
        }

        if (input.Teams?.Any(team => !Names.IsUser(team)) is true)
        {
            return new Outcome<UserView>.Invalid("teams", $"A team's name {Names.UserRule}");
        }

        var made = PrincipalOf(input.Service ? PrincipalKind.ServiceAccount : PrincipalKind.User, input.Name, input.Teams ?? [], time.GetUtcNow());
        if (!await store.AddPrincipalAsync(made, actor.Audited, cancellationToken))
        {
            return new Outcome<UserView>.Conflict($"The name '{input.Name}' is taken.");
        }

        Log.PrincipalMade(logger, made.Name, made.Id.Value, actor.Id);
        return new Outcome<UserView>.Done(UserView.Of(made));
    }

    internal static Principal PrincipalOf(PrincipalKind kind, string name, IReadOnlyList<string> teams, DateTimeOffset now) => new()
    {
        Id = PrincipalId.Create(kind, Guid.NewGuid()),
        Kind = kind,
        Name = name,
        Teams = [.. teams.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal)],
        CreatedAt = now,
    };
}

using System.Collections.Immutable;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <summary>What is wrong.</summary>
public sealed record OpenIncidentInput
{
    /// <summary>One line of up to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>sev1 to sev4.</summary>
    public required string Severity { get; init; }

    /// <summary>From now on, in seconds: when it is to be mitigated. Up to 30 days.</summary>
    public required long EtaSeconds { get; init; }

    /// <summary>A person, by name or id; null = whoever is on call, else whoever asks.</summary>
    public string? Owner { get; init; }

    /// <summary>What is affected, in words; up to 20 of up to 100 characters.</summary>
    public ImmutableArray<string> Scopes { get => field.IsDefault ? [] : field; init; } = []; // a body without it sets its default

    /// <summary>What developers are shown in their agents; one line of up to 300 characters.</summary>
    public string? Notice { get; init; }
}

/// <summary>Opens an incident: something is wrong, one person answers for it and says by when.</summary>
public sealed class OpenIncident(IncidentBook book, IIncidents incidents, TimeProvider time)
{
    public async Task<Outcome<IncidentView>> RunAsync(Actor actor, OpenIncidentInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Operator))
        {
            return new Outcome<IncidentView>.Forbidden(ControlRoles.Operator);
        }

        if (Check(input) is { } fault)
        {
            return fault;
        }

        var now = time.GetUtcNow();
        if (book.PersonOf(input.Owner ?? (await incidents.OnCallAsync(now, cancellationToken))?.Principal ?? actor.Id) is not { } owner)
        {
            return new Outcome<IncidentView>.Invalid("owner", IncidentTexts.OwnerRule);
        }

        var incident = new Incident
        {
            Id = IncidentId.Of(Guid.CreateVersion7(now)),
            Title = input.Title,
            Severity = IncidentTexts.SeverityOf(input.Severity)!.Value, // checked
            Owner = owner.Id.Value,
            Eta = now.AddSeconds(input.EtaSeconds),
            CreatedBy = actor.Id,
            BeganAt = now,
            UpdatedAt = now,
            ChangedAt = now,
            Scopes = input.Scopes,
            Notice = input.Notice,
        };
        return await book.OpenAsync(incident, [], actor.Audited, cancellationToken) is { } opened
            ? new Outcome<IncidentView>.Done(book.ViewOf(opened))
            : new Outcome<IncidentView>.Conflict("It is there already.");
    }

    private static Outcome<IncidentView>.Invalid? Check(OpenIncidentInput input) => input switch
    {
        _ when !Names.IsLabel(input.Title, IncidentTexts.LongestTitle) => new("title", "A title is one line of 1 to 200 characters."),
        _ when IncidentTexts.SeverityOf(input.Severity) is null => new("severity", IncidentTexts.SeverityRule),
        _ when !IncidentTexts.IsEta(input.EtaSeconds) => new("etaSeconds", IncidentTexts.EtaRule),
        _ when input.Scopes.IsDefault || input.Scopes.Length > IncidentTexts.MostScopes || !input.Scopes.All(static scope => Names.IsLabel(scope, IncidentTexts.LongestScope)) => new("scopes", "Up to 20 scopes of up to 100 characters each."),
        { Notice: { } notice } when !Names.IsLabel(notice, IncidentTexts.LongestNotice) => new("notice", "A notice is one line of 1 to 300 characters."),
        _ => null,
    };
}

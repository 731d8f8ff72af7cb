namespace Paddock.Core.Identity;

/// <summary>The one organization that an installation is.</summary>
public interface IOrganization
{
    /// <summary>Its stable id, the last element of the audit log's origin: <c>org_</c> and 20 hexadecimal digits. Null in the first moments of a new installation, until the log is made.</summary>
    ValueTask<string?> IdAsync(CancellationToken cancellationToken);

    /// <summary>What people call it.</summary>
    string Name { get; }
}

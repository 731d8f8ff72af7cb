using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Paddock.Architecture.Tests;

/// <summary>What must not stand in the sources.</summary>
public partial class HygieneTests
{
    // Written in pieces, so that this file does not hold what it looks for.
    private static readonly string[] registries =
    [
        .. from parts in new[] { ["registry", "npmjs", "org"], ["www", "npmjs", "com"], ["api", "nuget", "org"], ["www", "nuget", "org"], ["registry", "yarnpkg", "com"], ["pypi", "org"], ["deb", "debian", "org"], new[] { "mcr", "microsoft", "com" } }
           select string.Join('.', parts),
    ];

    [Fact]
    public void Nothing_is_left_for_later() =>
        (from source in Repository.Sources
         from comment in source.Trivia
         where comment.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia
         where LeftForLater().IsMatch(comment.ToFullString())
         select $"{source.Path}:{SourceUnit.LineOf(comment)}")
        .Concat(from source in Repository.Sources
                from name in source.Nodes<IdentifierNameSyntax>()
                where name.Identifier.ValueText is "NotImplementedException"
                select $"{source.Path}:{SourceUnit.LineOf(name)}")
        .ShouldBeNone("Do it or leave it out:");

    [Fact]
    public void No_warning_is_switched_off_in_a_file_and_no_region_hides_code() =>
        (from source in Repository.Sources
         from directive in source.Root.DescendantTrivia(descendIntoTrivia: true)
         where directive.Kind() is SyntaxKind.PragmaWarningDirectiveTrivia or SyntaxKind.RegionDirectiveTrivia
         select $"{source.Path}:{SourceUnit.LineOf(directive)} {directive.ToFullString().Trim()}")
        .ShouldBeNone("A rule is changed in .globalconfig, with its reason, or not at all:");

    [Fact]
    public void No_method_is_async_void() =>
        (from source in Repository.Sources
         from method in source.Nodes<MethodDeclarationSyntax>()
         where method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType.ToString() == "void"
         select $"{source.Path}:{SourceUnit.LineOf(method)} {method.Identifier}")
        .ShouldBeNone("Its failure would end the process:");

    [Fact]
    public void A_cancellation_token_is_last_required_and_called_by_its_name() =>
        (from source in Repository.Product
         from method in source.Nodes<MethodDeclarationSyntax>()
         where !method.Modifiers.Any(SyntaxKind.OverrideKeyword)
         let parameters = method.ParameterList.Parameters
         from token in parameters.Where(p => p.Type?.ToString() is "CancellationToken")
         where token != parameters[^1] || token.Default is not null || token.Identifier.ValueText is not ("cancellationToken" or "_")
         select $"{source.Path}:{SourceUnit.LineOf(method)} {method.Identifier}")
        .ShouldBeNone("The last parameter is `CancellationToken cancellationToken`, without a default:");

    [Fact]
    public void A_test_neither_sleeps_nor_is_skipped() =>
        (from source in Repository.Tests
         from call in source.Nodes<InvocationExpressionSyntax>()
         where call.Expression.ToString() is "Thread.Sleep" or "Task.Delay"
         where call.ArgumentList.Arguments[0].ToString() is not ("Timeout.Infinite" or "Timeout.InfiniteTimeSpan") // hanging until cancelled is not sleeping
         select $"{source.Path}:{SourceUnit.LineOf(call)} {call}")
        .Concat(from source in Repository.Tests
                from argument in source.Nodes<AttributeArgumentSyntax>()
                where argument.NameEquals?.Name.Identifier.ValueText is "Skip"
                select $"{source.Path}:{SourceUnit.LineOf(argument)} {argument}")
        .ShouldBeNone("Wait for the thing itself, with a fake clock or a signal:");

    [Fact]
    public void No_package_registry_is_named() =>
        (from file in Repository.Files
         where new FileInfo(Path.Combine(Repository.Root, file)).Length < 4_000_000
         let text = Repository.Read(file)
         from host in registries
         where text.Contains(host, StringComparison.OrdinalIgnoreCase)
         select $"{file}: {host}")
        .ShouldBeNone("Whoever builds this has sources of their own:");

    [Fact]
    public void The_hot_path_never_rebuilds_json_from_nodes() =>
        (from source in Repository.Product.Where(s => s.Project is "Paddock.Core" or "Paddock.Gateway")
         from name in source.Nodes<IdentifierNameSyntax>()
         where name.Identifier.ValueText is "JsonNode" or "JsonObject" or "JsonArray"
         select $"{source.Path}:{SourceUnit.LineOf(name)} {name}")
        .ShouldBeNone("Re-serialising loses the caller's bytes; splice, or use a source-generated context:");

    [Fact]
    public void No_row_of_the_database_is_read_column_by_column() =>
        (from source in Repository.Product.Where(s => s.Project is "Paddock.Store")
         from access in source.Nodes<MemberAccessExpressionSyntax>()
         let name = access.Name.Identifier.ValueText
         where name is "ExecuteScalar" or "ExecuteScalarAsync" or "SequentialAccess" or "QueryMultipleAsync" || name.StartsWith("QueryFirst", StringComparison.Ordinal) || name.StartsWith("QuerySingle", StringComparison.Ordinal)
             || (name == "QueryAsync" && access.Expression.ToString().EndsWith("connection", StringComparison.OrdinalIgnoreCase))
         select $"{source.Path}:{SourceUnit.LineOf(access)} {access}")
        .ShouldBeNone("What has not come yet would be waited for on the thread that brings it (see Session):");

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LeftForLater();
}

namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Package managers and the runners that come with them.</summary>
internal static class PackageTable
{
    public const string Lines = """
        npm menu -s -q --silent --quiet --loglevel: --prefix:path -C:path -w: --workspace: --workspaces -ws --include-workspace-root --registry:host --userconfig:dark --globalconfig:dark --script-shell:dark --shell:dark --node-options:dark --git:dark --editor:dark --viewer:dark
          --version:asks -v:asks --yes -y --offline --prefer-offline --if-present --ignore-scripts -g --global --no-audit --no-fund
        npm exec,npm x step -c:line --call:line -p: --package: -w: --workspace: --workspaces -ws -y --yes --no --offline --prefer-offline --prefix:path --registry:host -q -s --silent
        npm run,npm run-script,npm test,npm start,npm t,npm install,npm i,npm ci,npm add,npm update,npm publish,npm pack,npm view,npm info,npm audit,npm ls,npm outdated,npm link,npm uninstall tool remote --registry:host --prefix:path -C:path --script-shell:dark --shell:dark --node-options:dark
          --userconfig:dark --globalconfig:dark --git:dark -w: --workspace: --tag: --loglevel: --pack-destination:write --otp: --access: --omit: --include: --cache:path
        npm config,pnpm config,yarn config menu
        npm set,npm explore,npm edit,npm config set,npm config edit,npm config delete,pnpm config set,pnpm config delete,yarn config set,yarn config unset,yarn plugin dark
        npx step -y -n --yes --no --no-install -p: --package: -c:line --call:line -q --quiet --ignore-existing --prefer-offline --offline -w: --workspace: --workspaces --prefix:path --registry:host --version:asks -v:asks --node-arg:dark --shell:dark --userconfig:dark --script-shell:dark
        pnpm menu -C:path --dir:path -r --recursive -w --workspace-root -F: --filter: -s --silent --reporter: --parallel --stream --if-present --prefix:path --version:asks -v:asks --script-shell:dark --config.script-shell:dark
        pnpm exec,pnpm dlx step -r --recursive --parallel --package: -p: -s --silent -c:dark --shell-mode:dark --workspace-concurrency: --report-summary --resume-from:
        yarn menu --cwd:path -s --silent --version:asks -v:asks --verbose
        yarn exec,yarn dlx step -p: --package: -q --quiet
        yarn node interp +lax -e:dark -p:dark --eval:dark --print:dark
        bunx step --bun -p: --package: --verbose
        corepack wrap
        pip,pipx tool remote -i:host --index-url:host --extra-index-url:host -f:host --find-links:host --trusted-host:host --proxy:host -r:read --requirement:read -c:read --constraint:read -t:write --target:write --prefix:write --root:write -e:path --editable:path
          --global-option:dark --install-option:dark --build-option:dark --config-settings: --python:dark -d:write --dest:write --src:write --log:write --report:write --cache-dir:path --client-cert:read --cert:read -w:write --wheel-dir:write
        pip3 tool remote -i:host --index-url:host --extra-index-url:host -f:host --find-links:host --trusted-host:host --proxy:host -r:read --requirement:read -c:read --constraint:read -t:write --target:write --prefix:write --root:write -e:path --editable:path
          --global-option:dark --install-option:dark --python:dark -d:write --log:write --report:write
        pipx run step +lax --spec: --python: --pip-args:dark --index-url:host -i:host
        uv menu -q -v --quiet --verbose --directory:path --project:path --offline --no-progress --color: --config-file:dark --cache-dir:path --version:asks -V:asks
        uv run step -q -v --quiet --verbose --with: --with-requirements:read --with-editable:path -p: --python: --extra: --all-extras --group: --no-group: --only-group: --dev --no-dev --frozen --locked --no-sync --no-project --isolated --active --exact --package: --project:path --directory:path
          --env-file:read --no-env-file --offline --index-url:host -i:host --extra-index-url:host --default-index:host --index:host -m:module --module:module -s --script --refresh --reinstall
        uv tool menu
        uv tool run step --from: --with: -p: --python: --isolated --index-url:host --default-index:host --index:host -q -v
        uvx step --from: --with: -p: --python: --isolated --index-url:host --default-index:host --index:host -q -v --offline --version:asks
        poetry,pipenv,pdm,hatch,rye,conda,mamba,micromamba,bundle,rbenv,mise,asdf,volta,opam,stack,cabal,dune,rustup,pixi,devbox,composer menu -C:path --directory:path -P: --project:path -q -v -n --no-interaction --version:asks
        poetry run,pipenv run,pdm run,rye run,bundle exec,rbenv exec,mise exec,mise x,asdf exec,volta run,opam exec,stack exec,cabal exec,pixi run,devbox run step -q -v --silent -s --gemfile:path --node: --npm: --yarn: --env:
        hatch run,composer exec,composer run-script,dune exec dark
        conda run,mamba run,micromamba run step -n: -p: --name: --prefix: --no-capture-output --live-stream --cwd:path -v
        rustup run step:1 --install
        nix,nix-shell,nix-build,guix dark --version:asks --run:darkline --command:darkline
        lerna,nx,turbo,rush menu
        lerna exec,nx exec,turbo exec dark
        apt,apt-get,aptitude tool -o:dark --option:dark -c:dark --config-file:dark -t: --target-release:
        dpkg tool --path-exclude: --admindir:path --root:path --pre-invoke:dark --post-invoke:dark -D:
        rpm tool -E:dark --eval:dark --pipe:dark --define:dark -D:dark --load:dark --rcfile:dark --macros:dark
        brew tool remote
        gem tool remote -s:host --source:host -i:write --install-dir:write -n:write --bindir:write -e:dark
        mvn,mvnw tool -f:read --file:read -s:read --settings:read -gs:read -t: -P: -pl: -D: -l:write --log-file:write ~exec.exec ~exec:exec
        gradle,gradlew tool -I:dark --init-script:dark -p:path --project-dir:path -b:read --build-file:read -P: -D: -g:path -x: --tests:
        twine,flit,vsce,nuget tool remote --repository-url:host -u: -p: -r: --source:host -Source:host
        """;
}
